package clearml.embedded.mongo;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FindContractTest extends MongoContractTest {

    @Test
    void comparesNumbersOfAllTypesByValue() {
        collection.insertMany(List.of(
                new Document("_id", 1).append("v", 5),
                new Document("_id", 2).append("v", 5L),
                new Document("_id", 3).append("v", 5.0),
                new Document("_id", 4).append("v", 5.5),
                new Document("_id", 5).append("v", "5")));
        assertFound("{v: 5}", 1, 2, 3);
        assertFound("{v: {$gt: 5}}", 4);
        assertFound("{v: {$gte: 5, $lt: 5.5}}", 1, 2, 3);
        assertFound("{v: {$gt: '4'}}", 5);
        assertFound("{v: {$ne: 5}}", 4, 5);
    }

    @Test
    void nullMatchesNullAndMissing() {
        insert("{_id: 1, a: null}", "{_id: 2}", "{_id: 3, a: []}", "{_id: 4, a: [null]}", "{_id: 5, a: {b: 1}}");
        assertFound("{a: null}", 1, 2, 4);
        assertFound("{a: {$exists: false}}", 2);
        assertFound("{a: {$exists: true, $ne: null}}", 3, 5);
        assertFound("{a: {$in: [null, 1]}}", 1, 2, 4);
        assertFound("{a: {$lte: null}}", 1, 2, 4);
        assertFound("{a: {$type: 'null'}}", 1, 4);
        assertFound("{'a.b': {$exists: false}}", 1, 2, 3, 4);
    }

    @Test
    void arraysMatchByElementAndAsAWhole() {
        insert(
                "{_id: 1, tags: ['a', 'b']}",
                "{_id: 2, tags: ['b', 'c']}",
                "{_id: 3, tags: []}",
                "{_id: 4}",
                "{_id: 5, tags: 'a'}",
                "{_id: 6, tags: [['a', 'b']]}");
        assertFound("{tags: 'a'}", 1, 5);
        assertFound("{tags: ['a', 'b']}", 1, 6);
        assertFound("{tags: []}", 3);
        assertFound("{tags: {$in: ['c', 'x']}}", 2);
        assertFound("{tags: {$nin: ['a', 'c']}}", 3, 4, 6);
        assertFound("{tags: {$all: ['a', 'b']}}", 1);
        assertFound("{tags: {$not: {$all: ['b']}}}", 3, 4, 5, 6);
        assertFound("{tags: {$size: 2}}", 1, 2);
        assertFound("{tags: {$size: 0}}", 3);
        assertFound("{tags: {$not: {$size: 0}}}", 1, 2, 4, 5, 6);
        assertFound("{'tags.0': 'b'}", 2, 6);
        assertFound("{'tags.0': {$exists: false}}", 3, 4, 5);
        assertFound("{tags: {$type: 'array'}}", 1, 2, 3, 6);
        assertFound("{tags: {$elemMatch: {$gt: 'b'}}}", 2);
    }

    @Test
    void pathsGoThroughArraysOfDocuments() {
        insert(
                "{_id: 1, e: [{t: 'x', n: 1}, {t: 'y', n: 2}]}",
                "{_id: 2, e: [{t: 'y', n: 1}]}",
                "{_id: 3, e: {t: 'x', n: 2}}",
                "{_id: 4, e: []}",
                "{_id: 5, e: [{n: 3}]}");
        assertFound("{'e.t': 'x'}", 1, 3);
        assertFound("{'e.t': 'x', 'e.n': 2}", 1, 3);
        assertFound("{e: {$elemMatch: {t: 'x', n: 2}}}");
        assertFound("{e: {$elemMatch: {t: 'y', n: {$lt: 2}}}}", 2);
        assertFound("{'e.0.t': 'y'}", 2);
        assertFound("{'e.1.t': 'y'}", 1);
        assertFound("{'e.t': {$ne: 'x'}}", 2, 4, 5);
        assertFound("{'e.t': {$exists: false}}", 4, 5);
        assertFound("{'e.t': null}", 5);
        assertFound("{e: {t: 'x', n: 2}}", 3);
        assertFound("{e: {n: 2, t: 'x'}}");
        assertFound("{e: {$all: [{$elemMatch: {t: 'x'}}, {$elemMatch: {t: 'y'}}]}}", 1);
    }

    @Test
    void logicalOperatorsAndExpressions() {
        insert("{_id: 1, a: 1, b: 2}", "{_id: 2, a: 2, b: 1}", "{_id: 3, a: 3}");
        assertFound("{$or: [{a: 1}, {b: 1}]}", 1, 2);
        assertFound("{$nor: [{a: 1}, {b: 1}]}", 3);
        assertFound("{$and: [{a: {$gt: 1}}, {b: {$exists: true}}]}", 2);
        assertFound("{$expr: {$gt: ['$a', '$b']}}", 2, 3);
        assertFound("{a: {$not: {$gt: 1}}}", 1);
        assertFound("{a: {$mod: [2, 1]}}", 1, 3);
        assertFound("{$comment: 'x', a: 1}", 1);
    }

    @Test
    void regularExpressionsWithOptions() {
        insert("{_id: 1, n: 'Alpha'}", "{_id: 2, n: 'beta\\nAlpha'}", "{_id: 3, n: ['x', 'ALPHA']}", "{_id: 4, n: 5}");
        assertFound("{n: {$regex: 'lpha'}}", 1, 2);
        assertFound("{n: {$regex: '^alpha', $options: 'i'}}", 1, 3);
        assertFound("{n: {$regex: '^Alpha$', $options: 'm'}}", 1, 2);
        assertFound("{n: /^Al/}", 1);
        assertFound("{n: {$in: [/^beta/, 5]}}", 2, 4);
        assertFound("{n: {$not: /a$/}}", 3, 4);
        assertThat(collection.find(Filters.regex("n", ""))).hasSize(3);
        assertThatThrownBy(() -> ids("{n: {$regex: '(['}}")).isInstanceOf(MongoCommandException.class);
    }

    @Test
    @Timeout(60)
    void aRegularExpressionComesToAnEnd() {
        insert("{_id: 1, n: '" + "a".repeat(64) + "!'}", "{_id: 2, n: '" + "ab".repeat(20_000) + "'}");
        for (String endless : List.of("^(a|a)*$", "^(a|aa)+$", "^(.*)*x$", "^(a|aa)+\\\\1b$", "^([a-z]+)*\\\\1$")) {
            try {
                assertThat(ids("{n: {$regex: '" + endless + "'}}")).as(endless).isEmpty();
            } catch (MongoCommandException e) {
                assertThat(e.getErrorCode()).as(endless).isEqualTo(51156);
            }
        }
        assertFound("{n: {$regex: '^(ab)'}}", 2);
    }

    @Test
    void badFiltersAreErrors() {
        insert("{_id: 1}");
        for (String bad :
                List.of("{a: {$foo: 1}}", "{$foo: 1}", "{$or: []}", "{a: {$in: 1}}", "{$and: 1}", "{a: {$size: -1}}")) {
            assertThatThrownBy(() -> ids(bad)).as(bad).isInstanceOf(MongoCommandException.class);
        }
    }

    @Test
    void projections() {
        insert("{_id: 1, a: {b: 1, c: 2}, l: [{x: 1, y: 2}, {x: 3, y: 4}, 5], s: 'v'}");
        assertProjected("{a: 1}", "{_id: 1, a: {b: 1, c: 2}}");
        assertProjected("{'a.b': 1, _id: 0}", "{a: {b: 1}}");
        assertProjected("{'l.x': 1, _id: 0}", "{l: [{x: 1}, {x: 3}]}");
        assertProjected("{a: 0, l: 0}", "{_id: 1, s: 'v'}");
        assertProjected("{'l.x': 0, a: 0}", "{_id: 1, l: [{y: 2}, {y: 4}, 5], s: 'v'}");
        assertProjected("{_id: 0}", "{a: {b: 1, c: 2}, l: [{x: 1, y: 2}, {x: 3, y: 4}, 5], s: 'v'}");
        assertProjected("{_id: 1}", "{_id: 1}");
        assertProjected("{l: {$slice: 1}}", "{_id: 1, a: {b: 1, c: 2}, l: [{x: 1, y: 2}], s: 'v'}");
        assertProjected("{l: {$slice: -1}, s: 1}", "{_id: 1, l: [5], s: 'v'}");
        assertProjected("{l: {$slice: [1, 1]}, a: 0}", "{_id: 1, l: [{x: 3, y: 4}], s: 'v'}");
        assertProjected("{l: {$elemMatch: {x: 3}}}", "{_id: 1, l: [{x: 3, y: 4}]}");
        assertProjected("{n: {$size: '$l'}, s: 1}", "{_id: 1, s: 'v', n: 3}");
        assertProjected("{'nope.x': 1}", "{_id: 1}");
        assertThat(collection.find(doc("{'l.x': 3}")).projection(doc("{'l.$': 1}")))
                .containsExactly(doc("{_id: 1, l: [{x: 3, y: 4}]}"));
        assertThatThrownBy(
                        () -> collection.find().projection(doc("{a: 1, s: 0}")).first())
                .isInstanceOf(MongoCommandException.class);
    }

    private void assertProjected(String projection, String expected) {
        assertThat(collection.find().projection(doc(projection)).first())
                .as(projection)
                .isEqualTo(doc(expected));
    }

    @Test
    void sortsByTypeThenValue() {
        insert(
                "{_id: 1, v: 'b'}",
                "{_id: 2, v: 2}",
                "{_id: 3}",
                "{_id: 4, v: null}",
                "{_id: 5, v: {$date: '2020-01-01T00:00:00Z'}}",
                "{_id: 6, v: true}",
                "{_id: 7, v: {a: 1}}",
                "{_id: 8, v: 1.5}",
                "{_id: 9, v: 'B'}",
                "{_id: 10, v: [0, 9]}",
                "{_id: 11, v: []}");
        assertThat(ids(collection.find().sort(doc("{v: 1, _id: 1}"))))
                .containsExactly(11, 3, 4, 10, 8, 2, 9, 1, 7, 6, 5);
        assertThat(ids(collection.find().sort(doc("{v: -1, _id: 1}"))))
                .containsExactly(5, 6, 7, 1, 9, 10, 2, 8, 3, 4, 11);
        assertThat(ids(collection.find().sort(doc("{v: 1, _id: 1}")).skip(2).limit(3)))
                .containsExactly(4, 10, 8);
        assertThat(ids(collection.find().sort(doc("{$natural: -1}")).limit(2))).containsExactly(11, 10);
    }

    @Test
    void numericOrderingComparesDigitsByValue() {
        Collation numeric =
                Collation.builder().locale("en_US").numericOrdering(true).build();
        insert(
                "{_id: 1, v: '10'}",
                "{_id: 2, v: '9'}",
                "{_id: 3, v: 'a10'}",
                "{_id: 4, v: 'a9'}",
                "{_id: 5, v: 'B'}",
                "{_id: 6, v: 'b'}",
                "{_id: 7}",
                "{_id: 8, v: 100}");
        assertThat(ids(collection.find().collation(numeric).sort(doc("{v: 1}"))))
                .containsExactly(7, 8, 2, 1, 4, 3, 6, 5);
        assertThat(ids(collection.find(doc("{v: {$gt: '9', $lt: 'a'}}")).collation(numeric)))
                .containsExactly(1);
        assertThat(ids(collection.find(doc("{v: 'b'}")).collation(numeric))).containsExactly(6);
        assertThat(ids(collection
                        .aggregate(List.of(
                                doc("{$match: {v: {$type: 'string'}}}"), doc("{$sort: {v: -1}}"), doc("{$limit: 2}")))
                        .collation(numeric)))
                .containsExactly(5, 6);
    }

    @Test
    void cursorsAreStableWhileOthersWrite() {
        collection.insertMany(IntStream.range(0, 1_000)
                .mapToObj(i -> new Document("_id", i).append("v", 0))
                .toList());
        List<Object> seen = new ArrayList<>();
        try (MongoCursor<Document> cursor =
                collection.find().sort(doc("{_id: 1}")).batchSize(10).iterator()) {
            while (cursor.hasNext()) {
                seen.add(cursor.next().get("_id"));
                if (seen.size() == 50) {
                    collection.deleteMany(doc("{_id: {$lt: 20}}"));
                    collection.insertOne(new Document("_id", -1));
                }
            }
        }
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 1_000)
                        .boxed()
                        .map(Object.class::cast)
                        .toList());
        assertThat(collection.countDocuments()).isEqualTo(981);
        assertThat(collection.estimatedDocumentCount()).isEqualTo(981);
        assertThat(collection.countDocuments(doc("{_id: {$lt: 22}}"))).isEqualTo(3);
    }

    @Test
    void countDistinctAndOptions() {
        insert(
                "{_id: 1, t: ['a', 'b'], c: 'x'}",
                "{_id: 2, t: ['b'], c: 'y'}",
                "{_id: 3, t: 'd', c: 'x'}",
                "{_id: 4, c: 'x'}");
        assertThat(collection.distinct("t", String.class)).containsExactly("a", "b", "d");
        assertThat(collection.distinct("t", eq("c", "y"), String.class)).containsExactly("b");
        assertThat(collection
                        .find(eq("c", "x"))
                        .maxTime(5, TimeUnit.SECONDS)
                        .allowDiskUse(true)
                        .limit(2))
                .hasSize(2);
        assertThat(collection.countDocuments(eq("c", "x"))).isEqualTo(3);
        assertThat(collection.find(eq("c", "none")).first()).isNull();
    }

    @Test
    void serverSpeaksForItself() {
        var admin = MongoServer.CLIENT.getDatabase("admin");
        assertThat(admin.runCommand(doc("{buildInfo: 1}")).getString("version")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(admin.runCommand(doc("{ping: 1}")).get("ok")).isEqualTo(1.0);
        assertThat(admin.runCommand(doc("{serverStatus: 1}")).get("uptime")).isInstanceOf(Number.class);
        assertThat(admin.runCommand(doc("{getParameter: 1, featureCompatibilityVersion: 1}"))
                        .get("featureCompatibilityVersion"))
                .isInstanceOf(Document.class);
        assertThatThrownBy(() -> admin.runCommand(doc("{noSuch: 1}")))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(59));
    }

    @Test
    void aLongIndexIsReadBackwardsToItsBeginning() {
        collection.createIndex(doc("{n: 1}"));
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            documents.add(new Document("_id", i).append("n", i).append("rare", i % 100 == 0));
        }
        collection.insertMany(documents);
        assertThat(ids(collection
                        .find(doc("{n: {$gte: 150}}"))
                        .sort(doc("{n: -1}"))
                        .limit(840)))
                .hasSize(840)
                .startsWith(999, 998)
                .endsWith(160);
        assertThat(ids(collection.find(doc("{rare: true}")).sort(doc("{n: -1}")).limit(20)))
                .containsExactly(900, 800, 700, 600, 500, 400, 300, 200, 100, 0);
    }
}
