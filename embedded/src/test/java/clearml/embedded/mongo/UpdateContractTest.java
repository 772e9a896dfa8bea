package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.FindOneAndDeleteOptions;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class UpdateContractTest extends MongoContractTest {

    private UpdateResult update(String filter, String update) {
        return collection.updateOne(doc(filter), doc(update));
    }

    private void assertUpdated(String before, String update, String after) {
        collection.deleteMany(new Document());
        insert(before);
        update("{}", update);
        assertThat(collection.find()).as(update).containsExactly(doc(after));
    }

    @Test
    void fieldOperators() {
        assertUpdated("{_id: 1}", "{$set: {a: 1, 'b.c.d': 2}}", "{_id: 1, a: 1, b: {c: {d: 2}}}");
        assertUpdated("{_id: 1, a: {b: 1, c: 2}}", "{$unset: {'a.b': '', x: ''}}", "{_id: 1, a: {c: 2}}");
        assertUpdated("{_id: 1, a: 1}", "{$inc: {a: 2, b: 5}}", "{_id: 1, a: 3, b: 5}");
        assertUpdated("{_id: 1, a: 1}", "{$inc: {a: 0.5}}", "{_id: 1, a: 1.5}");
        assertUpdated("{_id: 1, a: 2147483647}", "{$inc: {a: 1}}", "{_id: 1, a: {$numberLong: '2147483648'}}");
        assertUpdated("{_id: 1, a: 3}", "{$mul: {a: 2, b: 2}}", "{_id: 1, a: 6, b: 0}");
        assertUpdated("{_id: 1, a: 3, b: 3}", "{$min: {a: 2, b: 4, c: 1}}", "{_id: 1, a: 2, b: 3, c: 1}");
        assertUpdated("{_id: 1, a: 3, b: 3}", "{$max: {a: 2, b: 4, c: 1}}", "{_id: 1, a: 3, b: 4, c: 1}");
        assertUpdated("{_id: 1, a: {b: 3}}", "{$rename: {'a.b': 'c.d', x: 'y'}}", "{_id: 1, a: {}, c: {d: 3}}");
        assertUpdated("{_id: 1, a: [1, 2]}", "{$set: {'a.3': 9}}", "{_id: 1, a: [1, 2, null, 9]}");
        assertUpdated("{_id: 1, a: [{b: 1}]}", "{$set: {'a.0.b': 9}}", "{_id: 1, a: [{b: 9}]}");
        assertUpdated("{_id: 1, a: 6}", "{$bit: {a: {and: 3}}}", "{_id: 1, a: 2}");
        insert("{_id: 2}");
        update("{_id: 2}", "{$currentDate: {d: true}}");
        assertThat(collection.find(doc("{_id: 2}")).first().get("d")).isInstanceOf(java.util.Date.class);
    }

    @Test
    void arrayOperators() {
        assertUpdated("{_id: 1, a: [1]}", "{$push: {a: 2, b: 1}}", "{_id: 1, a: [1, 2], b: [1]}");
        assertUpdated(
                "{_id: 1, a: [1, 2]}", "{$push: {a: {$each: [8, 9], $position: 0}}}", "{_id: 1, a: [8, 9, 1, 2]}");
        assertUpdated("{_id: 1, a: [1, 2]}", "{$push: {a: {$each: [3], $slice: -2}}}", "{_id: 1, a: [2, 3]}");
        assertUpdated(
                "{_id: 1, a: [1, 2]}", "{$push: {a: {$each: [0], $position: 0, $slice: 2}}}", "{_id: 1, a: [0, 1]}");
        assertUpdated("{_id: 1, a: [3]}", "{$push: {a: {$each: [1, 2], $sort: -1}}}", "{_id: 1, a: [3, 2, 1]}");
        assertUpdated(
                "{_id: 1, a: [{x: 2}]}",
                "{$push: {a: {$each: [{x: 1}], $sort: {x: 1}}}}",
                "{_id: 1, a: [{x: 1}, {x: 2}]}");
        assertUpdated("{_id: 1, a: [1]}", "{$addToSet: {a: {$each: [1, 2, 2]}}}", "{_id: 1, a: [1, 2]}");
        assertUpdated("{_id: 1, a: [{t: 1}]}", "{$addToSet: {a: {t: 1}}}", "{_id: 1, a: [{t: 1}]}");
        assertUpdated("{_id: 1, a: [1, 2, 1]}", "{$pull: {a: 1}}", "{_id: 1, a: [2]}");
        assertUpdated("{_id: 1, a: [1, 5, 9]}", "{$pull: {a: {$gte: 5}}}", "{_id: 1, a: [1]}");
        assertUpdated("{_id: 1, e: [{t: 'x', n: 1}, {t: 'y'}]}", "{$pull: {e: {t: 'x'}}}", "{_id: 1, e: [{t: 'y'}]}");
        assertUpdated(
                "{_id: 1, e: [{t: 'x'}, {t: 'y'}]}", "{$pull: {e: {t: {$in: ['y', 'z']}}}}", "{_id: 1, e: [{t: 'x'}]}");
        assertUpdated("{_id: 1, a: [1, 2, 3]}", "{$pullAll: {a: [1, 3]}}", "{_id: 1, a: [2]}");
        assertUpdated("{_id: 1, a: [1, 2, 3]}", "{$pop: {a: -1}}", "{_id: 1, a: [2, 3]}");
        assertUpdated("{_id: 1, a: [1, 2, 3]}", "{$pop: {a: 1}}", "{_id: 1, a: [1, 2]}");
        assertUpdated("{_id: 1, a: [{n: 1}, {n: 2}]}", "{$inc: {'a.$[].n': 1}}", "{_id: 1, a: [{n: 2}, {n: 3}]}");
    }

    @Test
    void thousandsOfFieldsAreChangedAtOnce() {
        insert("{_id: 1, other: 'x'}");
        Document set = new Document();
        Document least = new Document();
        Document computed = new Document();
        for (int i = 0; i < 2_000; i++) {
            String path = "m.m" + i / 100 + ".v" + i;
            set.append(path + ".value", i);
            least.append(path + ".min", i);
            computed.append(
                    path + ".sum", new Document("$add", List.of("$" + path + ".value", "$" + path + ".min", "$n")));
        }
        collection.updateOne(doc("{_id: 1}"), new Document("$set", set.append("n", 1)).append("$min", least));
        collection.updateOne(doc("{_id: 1}"), List.of(new Document("$set", computed)));
        Document found = collection.find().first();
        Document metrics = found.get("m", Document.class);
        assertThat(found).containsEntry("other", "x").containsEntry("n", 1);
        assertThat(metrics).hasSize(20);
        assertThat(metrics.get("m19", Document.class).get("v1999", Document.class))
                .isEqualTo(doc("{value: 1999, min: 1999, sum: 3999}"));
        assertThatThrownBy(() -> collection.updateOne(
                        doc("{_id: 1}"), new Document("$set", set).append("$inc", new Document("m.m7.v700.value", 1))))
                .isInstanceOf(MongoWriteException.class);
    }

    @Test
    void aFieldThatAPipelineDropsAndMakesAgainComesLast() {
        insert("{_id: 1, a: 1, b: 2, c: 3}");
        collection.updateOne(doc("{_id: 1}"), List.of(doc("{$unset: 'a'}"), doc("{$set: {a: 4}}")));
        assertThat(collection.find().first().keySet()).containsExactly("_id", "b", "c", "a");
        collection.updateOne(doc("{_id: 1}"), List.of(doc("{$set: {b: '$$REMOVE'}}"), doc("{$set: {'b.x': 5}}")));
        assertThat(collection.find().first().keySet()).containsExactly("_id", "c", "a", "b");
        collection.updateOne(doc("{_id: 1}"), List.of(doc("{$set: {a: 7, b: 5, d: 6}}")));
        assertThat(collection.find().first().toJson())
                .isEqualTo(doc("{_id: 1, c: 3, a: 7, b: 5, d: 6}").toJson());
    }

    @Test
    void conditionsOnDocumentsSayWhatIsPulled() {
        insert("{_id: 1, e: [{n: 1}, {n: 2}, {n: 3}, 4]}");
        update("{_id: 1}", "{$pull: {e: {$or: [{n: 1}, {n: {$gt: 2}}]}}}");
        assertOnly("{_id: 1, e: [{n: 2}, 4]}");
    }

    @Test
    void positionalOperators() {
        insert("{_id: 1, e: [{t: 'x', n: 1}, {t: 'y', n: 2}, {t: 'y', n: 3}]}");
        update("{'e.t': 'y'}", "{$set: {'e.$.n': 9}}");
        assertOnly("{_id: 1, e: [{t: 'x', n: 1}, {t: 'y', n: 9}, {t: 'y', n: 3}]}");
        update("{e: {$elemMatch: {t: 'y', n: 3}}}", "{$set: {'e.$': {t: 'z', n: 0}}}");
        assertOnly("{_id: 1, e: [{t: 'x', n: 1}, {t: 'y', n: 9}, {t: 'z', n: 0}]}");
        collection.updateOne(
                doc("{_id: 1}"),
                doc("{$inc: {'e.$[big].n': 100}}"),
                new UpdateOptions().arrayFilters(List.of(doc("{'big.n': {$gte: 1}}"))));
        assertOnly("{_id: 1, e: [{t: 'x', n: 101}, {t: 'y', n: 109}, {t: 'z', n: 0}]}");
        assertThatThrownBy(() -> update("{_id: 1}", "{$set: {'e.$.n': 1}}")).isInstanceOf(MongoWriteException.class);
    }

    @Test
    void pipelineUpdatesReadTheDocumentAsItWas() {
        insert("{_id: 1, m: {a: {value: 5, min_value: 3, count: 2, mean_value: 4.0}}}");
        UpdateResult result = collection.updateOne(doc("{_id: 1}"), List.of(doc("""
                        {$set: {
                          'm.a.min_value': {$cond: [{$or: [{$lte: ['$m.a.min_value', null]}, {$gt: ['$m.a.min_value', 2]}]}, 2, '$m.a.min_value']},
                          'm.a.first_value': {$ifNull: ['$m.a.first_value', 5]},
                          'm.a.mean_value': {$round: [{$divide: [
                             {$add: [{$multiply: [{$ifNull: ['$m.a.mean_value', 0]}, {$ifNull: ['$m.a.count', 0]}]}, 2.005]},
                             {$add: [{$ifNull: ['$m.a.count', 0]}, 1]}]}, 2]},
                          'm.a.count': {$add: [{$ifNull: ['$m.a.count', 0]}, 1]},
                          'm.b.count': {$add: [{$ifNull: ['$m.b.count', 0]}, 1]}}}
                        """), doc("{$unset: 'm.a.value'}")));
        assertThat(result.getModifiedCount()).isEqualTo(1);
        assertOnly("{_id: 1, m: {a: {min_value: 2, count: 3, mean_value: 3.33, first_value: 5}, b: {count: 1}}}");
        Document after = collection.findOneAndUpdate(
                doc("{_id: 1}"),
                List.of(
                        doc(
                                "{$replaceWith: {_id: '$_id', n: {$switch: {branches: [{case: {$gt: ['$m.a.count', 2]}, then: 'many'}], default: 'few'}}}}")),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        assertThat(after).isEqualTo(doc("{_id: 1, n: 'many'}"));
        assertThatThrownBy(() -> collection.updateOne(doc("{_id: 1}"), List.of(doc("{$match: {}}"))))
                .isInstanceOf(MongoWriteException.class);
    }

    @Test
    void countsMatchedAndModified() {
        insert("{_id: 1, a: 1}", "{_id: 2, a: 1}", "{_id: 3, a: 2}");
        UpdateResult many = collection.updateMany(doc("{}"), doc("{$set: {a: 2}}"));
        assertThat(many.getMatchedCount()).isEqualTo(3);
        assertThat(many.getModifiedCount()).isEqualTo(2);
        assertThat(collection.updateOne(doc("{_id: 9}"), doc("{$set: {a: 1}}")).getMatchedCount())
                .isZero();
        assertThat(collection.replaceOne(doc("{_id: 1}"), doc("{b: 1}")).getModifiedCount())
                .isEqualTo(1);
        assertThat(collection.find(doc("{_id: 1}"))).containsExactly(doc("{_id: 1, b: 1}"));
        assertThat(collection.deleteOne(doc("{a: 2}")).getDeletedCount()).isEqualTo(1);
        assertThat(collection.deleteMany(doc("{}")).getDeletedCount()).isEqualTo(2);
    }

    @Test
    void upserts() {
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        UpdateResult first = collection.updateOne(
                doc("{_id: 'k', 'a.b': 1, c: {$gt: 3}, $and: [{d: {$eq: 4}}]}"),
                doc("{$set: {x: 1}, $setOnInsert: {y: 2}}"),
                upsert);
        assertThat(first.getUpsertedId().asString().getValue()).isEqualTo("k");
        assertOnly("{_id: 'k', a: {b: 1}, d: 4, x: 1, y: 2}");
        collection.updateOne(doc("{_id: 'k'}"), doc("{$set: {x: 5}, $setOnInsert: {y: 3}}"), upsert);
        assertOnly("{_id: 'k', a: {b: 1}, d: 4, x: 5, y: 2}");
        Document created = collection.findOneAndUpdate(
                doc("{_id: 'n'}"),
                doc("{$inc: {v: 1}}"),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        assertThat(created).isEqualTo(doc("{_id: 'n', v: 1}"));
        assertThat(collection
                        .updateOne(doc("{z: 1}"), doc("{$set: {w: 1}}"), upsert)
                        .getUpsertedId()
                        .isObjectId())
                .isTrue();
    }

    @Test
    void findAndModifyTakesTheFirstByItsSort() {
        insert("{_id: 1, n: 3}", "{_id: 2, n: 1}", "{_id: 3, n: 2}");
        FindOneAndUpdateOptions least = new FindOneAndUpdateOptions().sort(doc("{n: 1}"));
        assertThat(collection.findOneAndUpdate(doc("{}"), doc("{$inc: {n: 10}}"), least))
                .isEqualTo(doc("{_id: 2, n: 1}"));
        assertThat(collection.findOneAndUpdate(
                        doc("{}"),
                        doc("{$inc: {n: 10}}"),
                        least.returnDocument(ReturnDocument.AFTER).projection(doc("{n: 1, _id: 0}"))))
                .isEqualTo(doc("{n: 12}"));
        assertThat(collection.findOneAndDelete(doc("{}"), new FindOneAndDeleteOptions().sort(doc("{n: -1}"))))
                .isEqualTo(doc("{_id: 3, n: 12}"));
        assertThat(collection.findOneAndReplace(
                        doc("{_id: 1}"),
                        doc("{x: 1}"),
                        new FindOneAndReplaceOptions().returnDocument(ReturnDocument.AFTER)))
                .isEqualTo(doc("{_id: 1, x: 1}"));
        assertThat(collection.findOneAndUpdate(doc("{_id: 99}"), doc("{$set: {a: 1}}")))
                .isNull();
    }

    @Test
    void bulkWritesReportEachFailure() {
        var result = collection.bulkWrite(List.of(
                new InsertOneModel<>(doc("{_id: 1, a: 1}")),
                new InsertOneModel<>(doc("{_id: 2, a: 1}")),
                new UpdateOneModel<>(doc("{_id: 1}"), doc("{$set: {a: 2}}")),
                new UpdateManyModel<>(doc("{}"), doc("{$inc: {b: 1}}")),
                new UpdateOneModel<>(doc("{_id: 3}"), doc("{$set: {a: 2}}"), new UpdateOptions().upsert(true)),
                new DeleteManyModel<>(doc("{_id: 2}"))));
        assertThat(result.getInsertedCount()).isEqualTo(2);
        assertThat(result.getModifiedCount()).isEqualTo(3);
        assertThat(result.getUpserts()).hasSize(1);
        assertThat(result.getDeletedCount()).isEqualTo(1);
        List<InsertOneModel<Document>> inserts = List.of(
                new InsertOneModel<>(doc("{_id: 5}")),
                new InsertOneModel<>(doc("{_id: 5}")),
                new InsertOneModel<>(doc("{_id: 6}")));
        assertThatThrownBy(() -> collection.bulkWrite(inserts, new BulkWriteOptions().ordered(false)))
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
                    assertThat(e.getWriteErrors()).hasSize(1);
                    assertThat(e.getWriteErrors().get(0).getIndex()).isEqualTo(1);
                    assertThat(e.getWriteErrors().get(0).getCode()).isEqualTo(11000);
                });
        assertFound("{_id: {$in: [5, 6]}}", 5, 6);
    }

    @Test
    void badUpdatesAreErrorsAndChangeNothing() {
        insert("{_id: 1, s: 'x', n: 1, a: [1], z: null}");
        for (String bad : List.of(
                "{$inc: {s: 1}}",
                "{$push: {s: 1}}",
                "{$addToSet: {s: 1}}",
                "{$pull: {s: 1}}",
                "{$set: {'n.x': 1}}",
                "{$set: {'a.x': 1}}",
                "{$set: {'z.x': 1}}",
                "{$set: {_id: 2}}",
                "{$set: {n: 1}, $inc: {n: 1}}",
                "{$set: {n: 1}, $unset: {'n.x': 1}}",
                "{$foo: {n: 1}}",
                "{$inc: {n: 'x'}}")) {
            assertThatThrownBy(() -> update("{_id: 1}", bad)).as(bad).isInstanceOf(MongoWriteException.class);
        }
        assertOnly("{_id: 1, s: 'x', n: 1, a: [1], z: null}");
        assertThatThrownBy(() -> collection.findOneAndUpdate(doc("{_id: 1}"), doc("{$inc: {s: 1}}")))
                .isInstanceOf(MongoCommandException.class);
    }

    @Test
    void insertsGetAnIdAndKeepTheirFields() {
        Document document = doc(
                "{a: 1, 'x.y': 2, d: {$date: '2020-01-02T03:04:05.678Z'}, l: {$numberLong: '5'}, f: 1.0, u: 'é😀', b: true}");
        collection.insertOne(document);
        assertThat(document.get("_id")).isInstanceOf(ObjectId.class);
        assertThat(collection.find().first()).isEqualTo(document);
        assertThat(collection.find().first().keySet().iterator().next()).isEqualTo("_id");
    }
}
