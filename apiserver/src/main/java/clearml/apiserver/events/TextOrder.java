package clearml.apiserver.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of texts in Elasticsearch: by UTF-8 bytes, which differs from Java's beyond the basic plane. */
final class TextOrder {

    private TextOrder() {}

    static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
