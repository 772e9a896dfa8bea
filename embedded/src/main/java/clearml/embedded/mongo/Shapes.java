package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Projection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.function.Function;

/** What is answered of a stored document. */
final class Shapes {

    private Shapes() {}

    /** The shape that the projection of a find describes, none being all of the document. */
    static Function<Content, Object> of(Document spec, Filter filter, Collation collation) {
        if (spec.isEmpty()) {
            return content -> new RawDocument(content.whole());
        }
        Projection projection = Projection.ofFind(spec, filter, collation);
        RawProjection raw = RawProjection.of(projection);
        if (raw != null) {
            return content -> new RawDocument(raw.apply(content));
        }
        FieldNames fields = FieldNames.of(projection.fields());
        return content -> projection.apply(content.decode(fields));
    }
}
