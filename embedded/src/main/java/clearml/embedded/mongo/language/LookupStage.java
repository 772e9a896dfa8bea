package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.Pipeline.Stage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code $lookup}, by fields, by pipeline, or both. */
final class LookupStage implements Stage {

    private final String from;
    private final String as;
    private final @Nullable FieldPath local;
    private final @Nullable String foreign;
    private final Document let;
    private final List<?> stages;
    private final Collation collation;
    private final Source source;
    private final Map<String, @Nullable Object> variables;

    LookupStage(Document spec, Collation collation, Source source, Map<String, @Nullable Object> variables) {
        if (!(spec.get("from") instanceof String name) || !(spec.get("as") instanceof String field)) {
            throw Errors.failedToParse("must specify 'from' and 'as' field for a $lookup");
        }
        boolean byFields = spec.containsKey("localField") && spec.containsKey("foreignField");
        if (!byFields && !spec.containsKey("pipeline")) {
            throw Errors.failedToParse(
                    "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
        }
        this.from = name;
        this.as = field;
        this.local = byFields ? FieldPath.of(String.valueOf(spec.get("localField"))) : null;
        this.foreign = byFields ? String.valueOf(spec.get("foreignField")) : null;
        this.let = spec.get("let") instanceof Document d ? d : new Document();
        this.stages = spec.get("pipeline") instanceof List<?> l ? l : List.of();
        this.collation = collation;
        this.source = source;
        this.variables = variables;
    }

    @Override
    public Stream<Document> apply(Stream<Document> documents) {
        return documents.map(document -> {
            Document joined = new Document(as, joined(document));
            return as.indexOf('.') < 0 ? merged(document, joined) : nested(document, joined);
        });
    }

    private static Document merged(Document document, Document joined) {
        Document result = document.clone();
        result.putAll(joined);
        return result;
    }

    private Document nested(Document document, Document joined) {
        UpdateTarget target = new UpdateTarget(document, -1, Map.of(), false);
        target.set(as.split("\\."), joined.get(as));
        return target.document();
    }

    private List<Document> joined(Document document) {
        Document filter = new Document();
        if (local != null && foreign != null) {
            filter.put(foreign, new Document("$in", new ArrayList<>(local.keys(document))));
        }
        Scope scope = new Scope(document, variables, collation);
        Map<String, @Nullable Object> inner = new HashMap<>(variables);
        let.forEach((name, value) -> inner.put(name, Expressions.parse(value).evaluate(scope)));
        return new ArrayList<>(Pipeline.of(stages, collation, source, inner)
                .apply(source.find(from, filter))
                .toList());
    }
}
