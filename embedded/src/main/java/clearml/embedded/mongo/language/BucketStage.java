package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.Pipeline.Stage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code $bucket}: a group by the boundary below the value. */
final class BucketStage implements Stage {

    private final Stage group;
    private final SortOrder order;

    BucketStage(Document spec, Collation collation, Map<String, @Nullable Object> variables) {
        List<@Nullable Object> boundaries = Values.list(spec.get("boundaries"), "$bucket");
        Object by = spec.get("groupBy");
        List<Document> branches = new ArrayList<>();
        for (int i = 0; i + 1 < boundaries.size(); i++) {
            Document atLeast = new Document("$gte", pair(by, boundaries.get(i)));
            Document below = new Document("$lt", pair(by, boundaries.get(i + 1)));
            branches.add(new Document("case", new Document("$and", List.of(atLeast, below)))
                    .append("then", new Document("$literal", boundaries.get(i))));
        }
        Document choice = new Document("branches", branches);
        if (spec.containsKey("default")) {
            choice.put("default", new Document("$literal", spec.get("default")));
        }
        Document output = spec.get("output") instanceof Document d ? d : new Document("count", new Document("$sum", 1));
        Document grouped = new Document("_id", new Document("$switch", choice));
        grouped.putAll(output);
        this.group = new GroupStage(grouped, collation, variables);
        this.order = SortOrder.of(new Document("_id", 1), collation);
    }

    private static List<@Nullable Object> pair(@Nullable Object a, @Nullable Object b) {
        List<@Nullable Object> pair = new ArrayList<>(2);
        pair.add(a);
        pair.add(new Document("$literal", b));
        return pair;
    }

    @Override
    public Stream<Document> apply(Stream<Document> documents) {
        return order.sort(group.apply(documents));
    }
}
