package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryPlanTest extends MongoContractTest {

    @BeforeEach
    void fill() {
        assumeTrue(MongoServer.embedded());
        collection.insertMany(IntStream.range(0, 3_000)
                .mapToObj(i -> new Document("_id", "t" + i)
                        .append("company", i % 2 == 0 ? "" : "c")
                        .append("project", "p" + i % 10)
                        .append("name", "n" + i)
                        .append("tags", List.of("x" + i % 100))
                        .append("last_update", i))
                .toList());
        for (String key : List.of(
                "{company: 1, name: 1}",
                "{company: 1, project: 1, tags: 1}",
                "{company: 1, last_update: 1, tags: 1}",
                "{last_update: 1}",
                "{project: 1}")) {
            collection.createIndex(doc(key));
        }
        collection.createIndex(
                doc("{company: 1, project: 1}"),
                new IndexOptions()
                        .collation(Collation.builder()
                                .locale("en_US")
                                .numericOrdering(true)
                                .build()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{filter: {_id: 't1'}} | IDHACK",
                "{filter: {_id: {$in: ['t1', 't2']}, company: 'c'}} | IDHACK",
                "{filter: {company: 'c', name: 'n1'}} | IXSCAN company_1_name_1",
                "{filter: {company: {$in: ['c', '']}, name: 'n1'}} | IXSCAN company_1_name_1",
                "{filter: {$and: [{company: 'c'}, {name: {$regex: '^n12'}}]}} | IXSCAN company_1_name_1",
                "{filter: {company: {$in: ['c', '']}, project: 'p1', tags: {$in: ['x1']}}} | IXSCAN company_1_project_1_tags_1",
                "{filter: {last_update: {$gte: 2990}}} | IXSCAN last_update_1",
                "{filter: {$or: [{name: 'n1', company: ''}, {last_update: 5}]}} | OR",
                "{filter: {company: {$in: ['c', '']}}, sort: {last_update: -1, _id: 1}, limit: 50} | IXSCAN company_1_last_update_1_tags_1 SORTED",
                "{filter: {}, sort: {last_update: -1}, limit: 50} | IXSCAN last_update_1 SORTED",
                "{filter: {}, sort: {last_update: -1}} | COLLSCAN",
                "{filter: {nope: 1}} | COLLSCAN",
                "{filter: {company: 'c', project: 'p1'}, collation: {locale: 'en_US', numericOrdering: true}} | IXSCAN company_1_project_1",
            })
    void theBestIndexIsUsed(String command, String stage) {
        Document find = new Document("find", collection.getNamespace().getCollectionName());
        find.putAll(doc(command));
        Document plan = MongoServer.CLIENT.getDatabase("contract").runCommand(new Document("explain", find));
        assertThat(plan.getEmbedded(List.of("queryPlanner", "winningPlan", "stage"), String.class))
                .isEqualTo(stage);
    }
}
