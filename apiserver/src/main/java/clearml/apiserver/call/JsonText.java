package clearml.apiserver.call;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** JSON as text, for values that are stored so: compact, non-ASCII escaped, in the shapes of {@link BodyReader}. */
public final class JsonText {

    /** Whatever could be read can be written, inside an answer, too: what is stored must not spoil every list it is in. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(2 * BodyReader.MAX_DEPTH)
                    .build())
            .build();

    private JsonText() {}

    public static String of(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            new JsonWriter(out).write(value);
        }
        return text.toString();
    }
}
