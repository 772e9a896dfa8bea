package clearml.apiserver.store.elastic;

import clearml.apiserver.call.BodyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads series out of the answer to several searches without making objects of all of it: of a hundred thousand buckets
 * that would take longer than the searches. Each search aggregates by metric, in it by variant, in it by steps of an axis,
 * and in these one average or {@code stats}; a bucket says its key before what is in it.
 */
final class SeriesReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final List<List<SeriesPoints>> answers = new ArrayList<>();
    private final boolean formatted;
    private boolean failed;

    private SeriesReader(JsonParser parser, boolean formatted) {
        this.parser = parser;
        this.formatted = formatted;
    }

    /**
     * The series of each search; the failure of the first that failed.
     *
     * @param formatted whether the axis is read as text
     */
    static List<List<SeriesPoints>> read(byte[] answer, boolean formatted) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), answer)) {
            SeriesReader reader = new SeriesReader(parser, formatted);
            parser.nextToken();
            reader.members(reader::ofAnswer);
            if (reader.failed) {
                MultiSearch.answers(whole(answer));
            }
            return reader.answers;
        } catch (JacksonException e) {
            throw ElasticException.refused(0, "search_error", "the answer was not understood");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> whole(byte[] answer) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(BodyReader.read(answer, 0, answer.length));
    }

    private void ofAnswer(String name) {
        if (name.equals("responses")) {
            items(() -> {
                answers.add(new ArrayList<>());
                members(this::ofResponse);
            });
        } else {
            parser.skipChildren();
        }
    }

    private void ofResponse(String name) {
        failed |= name.equals("error");
        if (name.equals("aggregations")) {
            List<SeriesPoints> series = answers.get(answers.size() - 1);
            members(any -> buckets(metric -> buckets(variant -> series.add(series(metric, variant)))));
        } else {
            parser.skipChildren();
        }
    }

    private SeriesPoints series(String metric, String variant) {
        SeriesPoints series = new SeriesPoints(metric, variant);
        members(name -> {
            if (name.equals("buckets")) {
                items(() -> point(series));
            } else {
                parser.skipChildren();
            }
        });
        return series;
    }

    private void point(SeriesPoints series) {
        String name;
        while ((name = parser.nextName()) != null) {
            JsonToken value = parser.nextToken();
            if (name.equals("key_as_string") && formatted) {
                series.x().add(parser.getString());
            } else if (name.equals("key") && !formatted) {
                series.x()
                        .add(
                                value == JsonToken.VALUE_NUMBER_INT
                                        ? parser.getLongValue()
                                        : (long) parser.getDoubleValue());
            } else if (value == JsonToken.START_OBJECT) {
                values(series);
            }
        }
    }

    private void values(SeriesPoints series) {
        String name;
        while ((name = parser.nextName()) != null) {
            Double number = parser.nextToken().isNumeric() ? (Double) parser.getDoubleValue() : null;
            switch (name) {
                case "value", "avg" -> series.y().add(number);
                case "min" -> series.min().add(number);
                case "max" -> series.max().add(number);
                default -> {}
            }
        }
    }

    /** Of an aggregation: in each bucket, what is aggregated there. */
    private void buckets(Inside inside) {
        members(name -> {
            if (name.equals("buckets")) {
                items(() -> bucket(inside));
            } else {
                parser.skipChildren();
            }
        });
    }

    private void bucket(Inside inside) {
        String key = "";
        String name;
        while ((name = parser.nextName()) != null) {
            JsonToken value = parser.nextToken();
            if (name.equals("key")) {
                key = parser.getString();
            } else if (value == JsonToken.START_OBJECT) {
                inside.at(key);
            }
        }
    }

    /** Stands at an object, and afterwards at its end. */
    private void members(Inside each) {
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            each.at(name);
        }
    }

    private void items(Runnable each) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            each.run();
        }
    }

    /** What to do at the value of a member, or in a bucket. */
    private interface Inside {
        void at(String name);
    }
}
