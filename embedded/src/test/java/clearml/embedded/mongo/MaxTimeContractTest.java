package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MaxTimeContractTest extends MongoContractTest {

    /** Goes through all ways to part a text in four. */
    private static final Document SLOW = doc("{t: {$regex: '^z(a*)(a*)(a*)(a*)z$'}}");

    private void insert(int documents) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            all.add(new Document("_id", i).append("t", "z" + "a".repeat(40) + i));
        }
        collection.insertMany(all);
    }

    private static void assertCut(ThrowingCallable query) {
        assertThatThrownBy(query)
                .isInstanceOfSatisfying(
                        MongoExecutionTimeoutException.class,
                        e -> assertThat(e.getCode()).isEqualTo(50));
    }

    @Test
    void queriesThatTakeTooLongAreCut() {
        insert(5_000);

        assertCut(() -> collection.find(SLOW).maxTime(1, TimeUnit.MILLISECONDS).first());
        assertCut(() -> collection
                .find(SLOW)
                .sort(doc("{_id: 1}"))
                .limit(2)
                .maxTime(1, TimeUnit.MILLISECONDS)
                .first());
        assertCut(() -> collection.countDocuments(SLOW, new CountOptions().maxTime(1, TimeUnit.MILLISECONDS)));
        assertCut(() -> collection
                .aggregate(List.of(Aggregates.match(SLOW)))
                .maxTime(1, TimeUnit.MILLISECONDS)
                .first());
        assertCut(() -> collection
                .aggregate(List.of(doc("{$project: {t: 1}}"), Aggregates.match(SLOW)))
                .maxTime(1, TimeUnit.MILLISECONDS)
                .first());
        assertCut(() -> collection
                .distinct("t", SLOW, String.class)
                .maxTime(1, TimeUnit.MILLISECONDS)
                .first());
        assertCut(() -> collection.findOneAndUpdate(
                SLOW, doc("{$set: {x: 1}}"), new FindOneAndUpdateOptions().maxTime(1, TimeUnit.MILLISECONDS)));
        assertThat(collection.countDocuments(doc("{x: 1}"))).isZero();
    }

    @Test
    void enoughTimeIsEnough() {
        insert(3);

        assertThat(collection.find(SLOW).maxTime(10, TimeUnit.MINUTES)).isEmpty();
        assertThat(collection.find().maxTime(10, TimeUnit.MINUTES).batchSize(2)).hasSize(3);
        assertThat(collection.countDocuments(doc("{}"), new CountOptions().maxTime(0, TimeUnit.MILLISECONDS)))
                .isEqualTo(3);
    }

    @Test
    void allBatchesTogetherHaveTheTimeOfTheQuery() {
        insert(5_000);
        Document slow = doc("{m: {$regexMatch: {input: '$t', regex: '^z(a*)(a*)(a*)(a*)z$'}}}");

        assertCut(() -> collection
                .find()
                .projection(slow)
                .batchSize(50)
                .maxTime(200, TimeUnit.MILLISECONDS)
                .into(new ArrayList<>()));
    }

    /** The real server's goes on to the limit of its steps. */
    @Test
    void anExpressionThatGoesOnForeverInOneTextIsCut() {
        assumeThat(MongoServer.embedded()).isTrue();
        collection.insertOne(new Document("t", "a".repeat(60) + "c"));

        assertCut(() -> collection
                .find(doc("{t: {$regex: '^(a*)(a*)(a*)(a*)(a*)(a*)b$'}}"))
                .maxTime(1, TimeUnit.MILLISECONDS)
                .first());
    }

    @Test
    void aLimitMustBeATime() {
        assertThatThrownBy(() ->
                        MongoServer.CLIENT.getDatabase("contract").runCommand(doc("{find: 'x', maxTimeMS: 'soon'}")))
                .isInstanceOf(com.mongodb.MongoCommandException.class);
        assertThatThrownBy(
                        () -> MongoServer.CLIENT.getDatabase("contract").runCommand(doc("{find: 'x', maxTimeMS: -1}")))
                .isInstanceOf(com.mongodb.MongoCommandException.class);
    }
}
