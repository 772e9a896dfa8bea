package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A compiled aggregation pipeline. */
public final class Pipeline {

    /** One stage. */
    interface Stage {
        Stream<Document> apply(Stream<Document> documents);
    }

    private final List<?> specs;
    private final List<Stage> stages;
    private final Collation collation;

    private Pipeline(List<?> specs, List<Stage> stages, Collation collation) {
        this.specs = specs;
        this.stages = stages;
        this.collation = collation;
    }

    /** Compiles stages. */
    public static Pipeline of(List<?> stages, Collation collation, Source source) {
        return of(stages, collation, source, Scope.NO_VARIABLES);
    }

    static Pipeline of(List<?> stages, Collation collation, Source source, Map<String, @Nullable Object> variables) {
        Stages compiler = new Stages(collation, source, variables);
        List<Stage> compiled = new ArrayList<>(stages.size());
        for (Object stage : stages) {
            if (!(stage instanceof Document d)) {
                throw Errors.typeMismatch("Each element of the 'pipeline' array must be an object");
            }
            if (d.size() != 1) {
                throw Errors.location(40323, "A pipeline stage specification object must contain exactly one field.");
            }
            Map.Entry<String, Object> entry = d.entrySet().iterator().next();
            compiled.add(compiler.compile(entry.getKey(), entry.getValue()));
        }
        return new Pipeline(stages, compiled, collation);
    }

    /** The stages behind the first so many. */
    public Pipeline behind(int count) {
        return new Pipeline(specs.subList(count, specs.size()), stages.subList(count, stages.size()), collation);
    }

    public boolean isEmpty() {
        return stages.isEmpty();
    }

    /** Whether the first stage is done with a document when it asks for the next, and holds values of it at most. */
    public boolean takesOneByOne() {
        return !stages.isEmpty() && stages.get(0) instanceof GroupStage;
    }

    /** Runs the stages. */
    public Stream<Document> apply(Stream<Document> documents) {
        Stream<Document> result = documents;
        TimeLimit limit = TimeLimit.current();
        for (Stage stage : stages) {
            result = stage.apply(limit == TimeLimit.NONE ? result : result.peek(document -> limit.step()));
        }
        return result;
    }

    Document one(Document document) {
        return apply(Stream.of(document)).findFirst().orElseGet(Document::new);
    }

    /**
     * The top-level fields of the input that the stages may read, as far as that can be told: known when the stages up
     * to the first that makes new documents are simple.
     *
     * @return null when all fields may be read
     */
    public @Nullable Set<String> fields() {
        return StageFields.of(specs, collation);
    }
}
