package clearml.acceptance;

import java.util.Random;

/** Makes JSON objects whose keys are often those that endpoints know. The same seed makes the same. */
final class RandomJson {

    private static final String[] KEYS = {
        "user",
        "name",
        "id",
        "label",
        "access_key",
        "preferences",
        "enabled",
        "expiration_sec",
        "only_fields",
        "order_by",
        "page",
        "page_size",
        "size",
        "scroll_id",
        "_any_",
        "_all_",
        "filters",
        "fields",
        "pattern",
        "given_name",
        "return_updated",
        "task",
        "tags",
        "projection",
        "start",
        "active_in_projects",
        "search_text",
        "",
        "$x",
        "a.b"
    };
    private static final String[] STRINGS = {
        "\"\"",
        "\"x\"",
        "\"id\"",
        "\"-id\"",
        "\"name\"",
        "\"a.b\"",
        "\"$\"",
        "\"(\"",
        "\"__$not\"",
        "\"__$all\"",
        "\"-\"",
        "\"*\"",
        "\"2020-01-01\"",
        "\"\\u0000\"",
        "\"\ud83d\ude00\"",
        "\"company.name\"",
        "\"@text_score\"",
        "\"true\"",
        "\"5\""
    };
    private static final String[] SCALARS = {
        "null", "true", "false", "0", "1", "-1", "5.7", "1e400", "-0.0", "99999999999999999999", "NaN", "-Infinity"
    };

    private final Random random;

    RandomJson(long seed) {
        random = new Random(seed);
    }

    /** An object of one to five members. */
    String request() {
        return object(0);
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 10)) {
            case 0, 1, 2 -> STRINGS[random.nextInt(STRINGS.length)];
            case 3, 4, 5 -> SCALARS[random.nextInt(SCALARS.length)];
            case 6, 7 -> list(depth + 1);
            default -> object(depth + 1);
        };
    }

    private String list(int depth) {
        var text = new StringBuilder("[");
        for (var i = random.nextInt(4); i > 0; i--) {
            text.append(value(depth)).append(i > 1 ? "," : "");
        }
        return text.append(']').toString();
    }

    private String object(int depth) {
        var text = new StringBuilder("{");
        for (var i = 1 + random.nextInt(5); i > 0; i--) {
            text.append('"')
                    .append(KEYS[random.nextInt(KEYS.length)])
                    .append("\":")
                    .append(value(depth));
            text.append(i > 1 ? "," : "");
        }
        return text.append('}').toString();
    }
}
