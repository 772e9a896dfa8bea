package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.entities.Entities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random requests with patterns, ranges, dates, groups, searches over several fields, order and pages, against a plain
 * reading of what each of them means.
 */
class RandomQueriesTest {

    private static final int DOCUMENTS = 60;
    private static final long DAY = 86_400_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A part of a request, and whether a document meets it. */
    private record Part(String key, @Nullable Object value, Predicate<Document> met) {}

    @Test
    void requests_find_what_each_of_their_parts_describes_in_order_and_by_pages() {
        try (MemoryMongo mongo = new MemoryMongo()) {
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < DOCUMENTS; i++) {
                documents.add(document(i));
            }
            mongo.insert("task", documents);
            EntityQueries queries = new EntityQueries(mongo.stores, new ScrollsInMemory(), QueryLimits.DEFAULT);
            for (int round = 0; round < 1_500; round++) {
                check(queries, documents, round);
            }
        }
    }

    private void check(EntityQueries queries, List<Document> documents, int round) {
        Map<String, Object> request = new LinkedHashMap<>();
        Predicate<Document> all = document -> true;
        for (int i = random.nextInt(4); i > 0; i--) {
            Part part = part();
            if (!request.containsKey(part.key)) {
                request.put(part.key, part.value);
                all = all.and(part.met);
            }
        }
        String field = pick("name", "comment", "last_iteration", "started", "tags");
        boolean descending = random.nextBoolean() && !field.equals("tags");
        request.put("order_by", List.of((descending ? "-" : "") + field));
        int size = 1 + random.nextInt(20);
        int page = random.nextInt(3);
        request.put("page", page);
        request.put("page_size", size);
        request.put("only_fields", List.of("id"));
        List<String> expected = documents.stream()
                .filter(all)
                .sorted(order(field, descending))
                .map(document -> document.getString("_id"))
                .skip((long) page * size)
                .limit(size)
                .toList();
        assertThat(queries.getAll(Entities.TASK, request, Scope.own("c")).rows())
                .as("seed %s, round %s, request %s", seed, round, request)
                .extracting(row -> (String) row.get("id"))
                .containsExactlyElementsOf(expected);
    }

    private Document document(int number) {
        Document document = new Document("_id", "t%03d".formatted(number)).append("company", "c");
        put(document, "name", pick("alpha", "Beta", "alpha beta", "10", "9", ""));
        put(document, "comment", pick("good", "Bad", "a.b", ""));
        put(document, "last_iteration", random.nextInt(5));
        put(document, "started", new Date(DAY * random.nextInt(5)));
        put(document, "last_update", new Date(DAY * random.nextInt(5)));
        put(document, "tags", someOf("a", "b", "c"));
        return document;
    }

    /** Now and then a member is missing or null. */
    private void put(Document document, String name, Object value) {
        int luck = random.nextInt(8);
        if (luck > 0) {
            document.append(name, luck == 1 ? null : value);
        }
    }

    private Part part() {
        return switch (random.nextInt(6)) {
            case 0 -> pattern();
            case 1 -> range();
            case 2 -> dates();
            case 3 -> group();
            case 4 -> search("_any_");
            default -> search("_all_");
        };
    }

    private Part pattern() {
        String field = pick("name", "comment");
        String regex = pick("a", "^al", "a$", "[B-Z]", "a.b", "\\d+", "");
        return new Part(
                field,
                regex,
                document -> regex.isEmpty() || matches(Pattern.compile(regex), document.getString(field)));
    }

    private static boolean matches(Pattern pattern, @Nullable String text) {
        return text != null && pattern.matcher(text).find();
    }

    private Part range() {
        Integer min = random.nextInt(3) == 0 ? null : random.nextInt(5);
        Integer max = min == null || random.nextBoolean() ? (Integer) random.nextInt(5) : null;
        return new Part("last_iteration", Arrays.asList(min, max), document -> {
            Integer value = document.getInteger("last_iteration");
            return value == null ? min == null : (min == null || value >= min) && (max == null || value <= max);
        });
    }

    private Part dates() {
        Date bound = new Date(DAY * random.nextInt(5));
        String text = bound.toInstant().toString();
        String operator = pick(">=", ">", "<=", "<", "");
        return new Part("last_update", List.of(operator + text), document -> {
            Date value = document.getDate("last_update");
            int order = value == null ? 0 : value.compareTo(bound);
            return value != null
                    && switch (operator) {
                        case ">=" -> order >= 0;
                        case ">" -> order > 0;
                        case "<=" -> order <= 0;
                        case "<" -> order < 0;
                        default -> order == 0;
                    };
        });
    }

    private Part group() {
        List<String> anyOf = someOf("a", "b", "c");
        List<String> notAllOf = someOf("a", "b");
        List<String> allOf = someOf("a", "c");
        List<String> noneOf = someOf("b", "c");
        boolean or = random.nextBoolean();
        Map<String, Object> value = Map.of(
                "any", Map.of("include", anyOf, "exclude", notAllOf),
                "all", Map.of("include", allOf, "exclude", noneOf),
                "op", or ? "or" : "and");
        return new Part("filters", Map.of("tags", value), document -> {
            Collection<String> tags =
                    document.getList("tags", String.class) == null ? List.of() : document.getList("tags", String.class);
            List<Boolean> parts = new ArrayList<>();
            if (!anyOf.isEmpty() || !notAllOf.isEmpty()) {
                parts.add((!anyOf.isEmpty() && anyOf.stream().anyMatch(tags::contains))
                        || (!notAllOf.isEmpty() && !tags.containsAll(notAllOf)));
            }
            if (!allOf.isEmpty() || !noneOf.isEmpty()) {
                parts.add(tags.containsAll(allOf) && noneOf.stream().noneMatch(tags::contains));
            }
            return parts.isEmpty() || (or ? parts.contains(true) : !parts.contains(false));
        });
    }

    private Part search(String key) {
        String regex = pick("A", "be", "^9$", "o|d");
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        List<String> fields = someOf("name", "comment", "tags");
        Map<String, Object> value = Map.of("pattern", regex, "fields", fields);
        return new Part(key, value, document -> {
            Stream<Boolean> tests = fields.stream()
                    .map(field -> texts(document, field)
                            .anyMatch(text -> pattern.matcher(text).find()));
            List<Boolean> results = tests.toList();
            return results.isEmpty() || (key.equals("_any_") ? results.contains(true) : !results.contains(false));
        });
    }

    private static Stream<String> texts(Document document, String field) {
        Object value = document.get(field);
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : Stream.ofNullable(value).map(String::valueOf);
    }

    /** Ascending with empty values last, descending with null last; equals by id. */
    private static Comparator<Document> order(String field, boolean descending) {
        Comparator<Document> byValue = (one, other) -> compare(one.get(field), other.get(field));
        Comparator<Document> ids = Comparator.comparing(document -> document.getString("_id"));
        if (descending) {
            return byValue.reversed().thenComparing(ids);
        }
        Comparator<Document> emptyLast = Comparator.comparing(document -> isEmpty(document.get(field)));
        Comparator<Document> withinEmpty = field.equals("tags")
                ? (one, other) -> isEmpty(one.get(field)) ? 0 : byValue.compare(one, other)
                : byValue;
        return emptyLast.thenComparing(withinEmpty).thenComparing(ids);
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || "".equals(value) || (value instanceof List<?> list && list.isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        if (one instanceof List<?> list && other instanceof List<?> others) {
            // MongoDB orders by the least of the values.
            return list.isEmpty() || others.isEmpty()
                    ? Boolean.compare(!list.isEmpty(), !others.isEmpty())
                    : compare(list.get(0), others.get(0));
        }
        return ((Comparable<Object>) one).compareTo(other);
    }

    private List<String> someOf(String... choices) {
        return Stream.of(choices).filter(choice -> random.nextBoolean()).toList();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
