package clearml.apiserver.call;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * JSON text to plain values: {@code LinkedHashMap}, {@code ArrayList}, {@code String}, {@code Integer}, {@code Long},
 * {@code BigInteger}, {@code Double}, {@code Boolean}, null. The last of duplicate keys wins; {@code NaN} and
 * {@code Infinity} are numbers; UTF-8, 16 and 32 are detected.
 */
public final class BodyReader {

    static final String NOT_UNDERSTOOD = "The browser (or proxy) sent a request that this server could not understand.";

    /** A nesting that no client needs, and that no recursive reader survives, is malformed. */
    static final int MAX_DEPTH = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(1 << 20)
                    .maxNumberLength(10_000)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private BodyReader() {}

    /** One JSON value, nothing after it; 400/0 when it is not that. */
    public static @Nullable Object read(byte[] bytes, int offset, int length) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw malformed();
            }
            Object value = value(parser, first);
            if (parser.nextToken() != null) {
                throw malformed();
            }
            return value;
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /** The same for text. */
    public static @Nullable Object read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    static ApiException malformed() {
        return ApiException.message(ApiError.BAD_REQUEST, NOT_UNDERSTOOD);
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw malformed();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextName()) != null) {
            if (name.indexOf('\0') >= 0) {
                throw malformed();
            }
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static Number integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> parser.getIntValue();
            case LONG -> parser.getLongValue();
            default -> big(parser.getBigIntegerValue());
        };
    }

    private static Number big(BigInteger value) {
        return value;
    }
}
