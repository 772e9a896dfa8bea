package clearml.embedded.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Arrays that are long enough to be kept apart from their documents behave like any others. */
class LongArrayContractTest extends MongoContractTest {

    private static final int MANY = 400;

    private int last;

    private Document entry() {
        last++;
        return new Document("task", "%032x".formatted(last % 997)).append("n", last);
    }

    private List<Document> entries(int count) {
        List<Document> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry());
        }
        return entries;
    }

    private List<Document> stored(int count) {
        List<Document> entries = entries(count);
        collection.insertOne(new Document("_id", "q")
                .append("name", "queue")
                .append("entries", entries)
                .append("end", 1));
        return entries;
    }

    private Document queue(List<Document> entries) {
        return new Document("_id", "q")
                .append("name", "queue")
                .append("entries", entries)
                .append("end", 1);
    }

    private void update(Bson change) {
        assertThat(collection.updateOne(eq("q"), change).getModifiedCount()).isEqualTo(1);
    }

    @RepeatedTest(4)
    void anySequenceOfChangesGivesWhatItGivesOnAList(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        collection.createIndex(new Document("entries.task", 1));
        collection.createIndex(new Document("name", 1).append("entries.n", -1), new IndexOptions().unique(true));
        List<Document> list = stored(MANY);
        for (int i = 0; i < 60; i++) {
            change(random, list);
            assertThat(collection.find().first()).as("after change %s", i).isEqualTo(queue(list));
            Document some = list.get(random.nextInt(list.size()));
            assertThat(collection.countDocuments(eq("entries.task", some.get("task"))))
                    .isEqualTo(1);
            assertThat(collection.countDocuments(eq("entries.n", some.get("n"))))
                    .isEqualTo(1);
        }
        for (int n = 1; n <= last; n += 3) {
            int wanted = n;
            boolean there = list.stream().anyMatch(entry -> entry.getInteger("n") == wanted);
            assertThat(collection.countDocuments(new Document("name", "queue").append("entries.n", n)))
                    .as("entry %s", n)
                    .isEqualTo(there ? 1 : 0);
        }
    }

    private void change(Random random, List<Document> list) {
        int at = random.nextInt(list.size());
        switch (random.nextInt(12)) {
            case 0 -> {
                update(Updates.popFirst("entries"));
                list.remove(0);
            }
            case 1 -> {
                update(Updates.popLast("entries"));
                list.remove(list.size() - 1);
            }
            case 2 -> {
                Document added = entry();
                update(Updates.push("entries", added));
                list.add(added);
            }
            case 3 -> {
                List<Document> added = entries(random.nextInt(1, 90));
                update(Updates.pushEach("entries", added, new PushOptions().position(at)));
                list.addAll(at, added);
            }
            case 4 -> {
                Object task = list.get(at).get("task");
                update(Updates.pull("entries", new Document("task", task)));
                list.removeIf(entry -> entry.get("task").equals(task));
            }
            case 5 -> {
                List<Document> gone = List.of(list.get(at), list.get(list.size() / 2));
                update(Updates.pullAll("entries", gone));
                list.removeAll(gone);
            }
            case 6 -> {
                int low = list.get(at).getInteger("n");
                update(Updates.pull("entries", Filters.and(Filters.gte("n", low), Filters.lt("n", low + 9))));
                list.removeIf(entry -> entry.getInteger("n") >= low && entry.getInteger("n") < low + 9);
            }
            case 7 -> {
                update(Updates.set("entries." + at + ".x", last));
                list.set(at, new Document(list.get(at)).append("x", last++));
            }
            case 8 -> {
                update(Updates.set("entries." + at, entry()));
                list.set(at, new Document("task", "%032x".formatted(last % 997)).append("n", last));
            }
            case 9 -> {
                Collections.rotate(list.subList(at / 2, at + 1), 1);
                update(Updates.combine(Updates.set("entries", new ArrayList<>(list)), Updates.inc("end", 1)));
                update(Updates.inc("end", -1));
            }
            case 10 -> {
                List<Document> added = entries(3);
                update(Updates.pushEach("entries", added, new PushOptions().slice(-MANY)));
                list.addAll(added);
                list.subList(0, Math.max(0, list.size() - MANY)).clear();
            }
            default -> {
                Document added = entry();
                Document rest = new Document("$slice", List.of("$entries", 1, 1_000_000));
                collection.updateOne(
                        eq("q"),
                        List.of(new Document(
                                "$set",
                                new Document(
                                        "entries", new Document("$concatArrays", List.of(rest, List.of(added)))))));
                list.remove(0);
                list.add(added);
            }
        }
    }

    @Test
    void partsOfItAreReadByProjections() {
        List<Document> list = stored(MANY);
        Document second = list.get(1);

        assertThat(collection
                        .find()
                        .projection(Projections.slice("entries", 1, 2))
                        .first())
                .isEqualTo(queue(list.subList(1, 3)));
        assertThat(collection
                        .find()
                        .projection(Projections.slice("entries", -1))
                        .first())
                .isEqualTo(queue(list.subList(MANY - 1, MANY)));
        assertThat(collection
                        .find()
                        .projection(Projections.elemMatch("entries", eq("task", second.get("task"))))
                        .first())
                .isEqualTo(new Document("_id", "q").append("entries", List.of(second)));
        assertThat(collection
                        .find(eq("entries.task", second.get("task")))
                        .projection(Projections.include("entries.$"))
                        .first())
                .isEqualTo(new Document("_id", "q").append("entries", List.of(second)));
        assertThat(collection.find().projection(Projections.exclude("entries")).first())
                .isEqualTo(new Document("_id", "q").append("name", "queue").append("end", 1));
        assertThat(collection
                        .find()
                        .projection(Projections.include("entries.n"))
                        .first()
                        .getList("entries", Document.class))
                .hasSize(MANY)
                .startsWith(new Document("n", 1), new Document("n", 2));
        assertThat(collection
                        .aggregate(List.of(Aggregates.project(
                                doc("{n: {$size: '$entries'}, last: {$arrayElemAt: ['$entries', -1]}}"))))
                        .first())
                .isEqualTo(new Document("_id", "q").append("n", MANY).append("last", list.get(MANY - 1)));
    }

    @Test
    void conditionsReachItsElements() {
        List<Document> list = stored(MANY);
        String task = list.get(7).getString("task");

        assertThat(ids("{'entries.0': {$exists: true}, 'entries.400': {$exists: false}}"))
                .hasSize(1);
        assertThat(ids("{entries: {$size: 400}, 'entries.7.task': '" + task + "'}"))
                .hasSize(1);
        assertThat(ids("{'entries.6.task': '" + task + "'}")).isEmpty();
        assertThat(ids("{'entries.task': {$ne: '" + task + "'}}")).isEmpty();
        assertThat(ids("{'entries.task': {$ne: 'none'}}")).hasSize(1);
        assertThat(ids("{entries: {$elemMatch: {task: '" + task + "', n: 8}}}")).hasSize(1);
        assertThat(ids("{entries: {$elemMatch: {task: '" + task + "', n: 9}}}")).isEmpty();
        assertThat(collection.countDocuments(eq("entries", list))).isEqualTo(1);
        collection.updateOne(eq("entries.task", task), Updates.set("entries.$.task", List.of("a", "b")));
        assertThat(ids("{'entries.task': 'b'}")).hasSize(1);
        collection.updateOne(eq("q"), Updates.pull("entries", new Document("task", "b")));
        assertThat(ids("{entries: {$size: 399}}")).hasSize(1);
    }

    @Test
    void aChangedDocumentIsAnsweredAsItWasOrAsItIs() {
        List<Document> list = stored(MANY);
        Bson pop = Updates.popFirst("entries");

        assertThat(collection.findOneAndUpdate(
                        eq("q"), pop, new FindOneAndUpdateOptions().projection(Projections.slice("entries", 1))))
                .isEqualTo(queue(list.subList(0, 1)));
        assertThat(collection.findOneAndUpdate(
                        eq("q"), pop, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
                .isEqualTo(queue(list.subList(2, MANY)));
        assertThat(collection.findOneAndDelete(eq("q"))).isEqualTo(queue(list.subList(2, MANY)));
    }

    @Test
    void itMayBecomeShortAndLongAgain() {
        List<Document> list = stored(MANY);
        update(Updates.pushEach("entries", List.of(), new PushOptions().slice(5)));
        assertThat(collection.find().first()).isEqualTo(queue(list.subList(0, 5)));
        List<Document> more = entries(MANY);
        update(Updates.pushEach("entries", more));
        list = new ArrayList<>(list.subList(0, 5));
        list.addAll(more);
        assertThat(collection.find().first()).isEqualTo(queue(list));
        update(Updates.set("entries", List.of()));
        assertThat(collection.find().first()).isEqualTo(queue(List.of()));
    }

    @Test
    void anUpdateThatChangesNothingModifiesNothing() {
        List<Document> list = stored(MANY);

        assertThat(collection
                        .updateOne(eq("q"), Updates.pull("entries", new Document("task", "none")))
                        .getModifiedCount())
                .isZero();
        assertThat(collection.updateOne(eq("q"), Updates.set("entries", list)).getModifiedCount())
                .isZero();
        assertThat(collection
                        .updateOne(eq("q"), Updates.addToSet("entries", list.get(3)))
                        .getModifiedCount())
                .isZero();
    }

    @Test
    void itMayBeRenamedAndCopied() {
        List<Document> list = stored(MANY);
        update(Updates.rename("entries", "inner.list"));
        assertThat(collection.find().first())
                .isEqualTo(doc("{_id: 'q', name: 'queue', end: 1}").append("inner", new Document("list", list)));
        collection.updateOne(
                eq("q"),
                List.of(
                        doc("{$set: {a: '$inner.list', b: {$concatArrays: ['$inner.list', '$inner.list']}}}"),
                        doc("{$unset: 'inner'}")));
        update(Updates.popFirst("a"));
        List<Document> twice = new ArrayList<>(list);
        twice.addAll(list);
        assertThat(collection.find().first())
                .isEqualTo(doc("{_id: 'q', name: 'queue', end: 1}")
                        .append("a", list.subList(1, MANY))
                        .append("b", twice));
    }
}
