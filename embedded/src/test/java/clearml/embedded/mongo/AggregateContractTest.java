package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateContractTest extends MongoContractTest {

    private void assertAggregated(List<Document> actual, String... expected) {
        assertThat(actual)
                .containsExactly(java.util.Arrays.stream(expected)
                        .map(MongoContractTest::doc)
                        .toArray(Document[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{$add: ['$n', 1, 2.5]} | 8.5",
                "{$subtract: ['$n', 2]} | 3",
                "{$subtract: ['$d', '$d']} | {$numberLong: '0'}",
                "{$multiply: ['$n', 2]} | 10",
                "{$divide: ['$n', 2]} | 2.5",
                "{$mod: ['$n', 3]} | 2",
                "{$abs: -3} | 3",
                "{$round: [2.5]} | 2.0",
                "{$round: [2.345, 2]} | 2.35",
                "{$round: [1234, -2]} | 1200",
                "{$trunc: [2.789, 1]} | 2.7",
                "{$floor: 2.7} | 2.0",
                "{$ceil: 2.1} | 3.0",
                "{$pow: [2, 3]} | 8",
                "{$sqrt: 16} | 4.0",
                "{$cmp: [1, 2]} | -1",
                "{$eq: ['$missing', null]} | false",
                "{$lte: ['$missing', null]} | true",
                "{$gt: ['$n', null]} | true",
                "{$and: [true, 1, '']} | true",
                "{$not: ['$n']} | false",
                "{$cond: {if: {$gt: ['$n', 3]}, then: 'big', else: 'small'}} | 'big'",
                "{$ifNull: ['$missing', null, 'x']} | 'x'",
                "{$switch: {branches: [{case: {$eq: ['$n', 1]}, then: 1}, {case: {$eq: ['$n', 5]}, then: 5}], default: 0}} | 5",
                "{$let: {vars: {a: '$n'}, in: {$add: ['$$a', 1]}}} | 6",
                "{$literal: '$n'} | '$n'",
                "{$size: '$l'} | 3",
                "{$in: [2, '$l']} | true",
                "{$in: ['$n', [4, 5]]} | true",
                "{$arrayElemAt: ['$l', -1]} | 3",
                "{$first: '$l'} | 1",
                "{$last: '$l'} | 3",
                "{$slice: ['$l', 1, 1]} | [2]",
                "{$slice: ['$l', -2]} | [2, 3]",
                "{$concatArrays: ['$l', [9]]} | [1, 2, 3, 9]",
                "{$reverseArray: '$l'} | [3, 2, 1]",
                "{$indexOfArray: ['$l', 3]} | 2",
                "{$range: [0, 3]} | [0, 1, 2]",
                "{$filter: {input: '$l', as: 'x', cond: {$gt: ['$$x', 1]}}} | [2, 3]",
                "{$map: {input: '$l', in: {$multiply: ['$$this', 2]}}} | [2, 4, 6]",
                "{$reduce: {input: '$l', initialValue: 0, in: {$add: ['$$value', '$$this']}}} | 6",
                "{$sortArray: {input: [3, 1, 2], sortBy: 1}} | [1, 2, 3]",
                "{$zip: {inputs: [[1, 2], ['a', 'b']]}} | [[1, 'a'], [2, 'b']]",
                "{$isArray: '$l'} | true",
                "{$setUnion: [[1, 2], [2, 3]]} | [1, 2, 3]",
                "{$setIntersection: [[1, 2], [2, 3]]} | [2]",
                "{$setDifference: [[1, 2], [2, 3]]} | [1]",
                "{$setIsSubset: [[1], [1, 2]]} | true",
                "{$setEquals: [[1, 2], [2, 1, 1]]} | true",
                "{$sum: '$l'} | 6",
                "{$avg: '$l'} | 2.0",
                "{$min: ['$n', 3]} | 3",
                "{$max: '$l'} | 3",
                "{$objectToArray: '$o'} | [{k: 'x', v: 1}, {k: 'y', v: 2}]",
                "{$arrayToObject: [[{k: 'a', v: 1}]]} | {a: 1}",
                "{$arrayToObject: {$objectToArray: '$o'}} | {x: 1, y: 2}",
                "{$mergeObjects: ['$o', {z: 3}]} | {x: 1, y: 2, z: 3}",
                "{$getField: {field: 'x', input: '$o'}} | 1",
                "{$concat: ['$s', '-', 'x']} | 'Hello World-x'",
                "{$toLower: '$s'} | 'hello world'",
                "{$toUpper: '$s'} | 'HELLO WORLD'",
                "{$substrCP: ['$s', 0, 5]} | 'Hello'",
                "{$substr: ['$s', 6, -1]} | 'World'",
                "{$strLenCP: '$s'} | 11",
                "{$indexOfCP: ['$s', 'World']} | 6",
                "{$split: ['$s', ' ']} | ['Hello', 'World']",
                "{$trim: {input: '  a '}} | 'a'",
                "{$replaceAll: {input: '$s', find: 'l', replacement: 'L'}} | 'HeLLo WorLd'",
                "{$regexMatch: {input: '$s', regex: '^hello', options: 'i'}} | true",
                "{$regexMatch: {input: '$missing', regex: 'x'}} | false",
                "{$regexFind: {input: '$s', regex: 'o(.)'}} | {match: 'o ', idx: 4, captures: [' ']}",
                "{$dateToString: {date: '$d', format: '%Y-%m-%d %H:%M:%S.%L'}} | '2020-02-03 04:05:06.789'",
                "{$year: '$d'} | 2020",
                "{$month: '$d'} | 2",
                "{$dayOfMonth: '$d'} | 3",
                "{$hour: '$d'} | 4",
                "{$dayOfWeek: '$d'} | 2",
                "{$dateTrunc: {date: '$d', unit: 'day'}} | {$date: '2020-02-03T00:00:00Z'}",
                "{$dateAdd: {startDate: '$d', unit: 'month', amount: 1}} | {$date: '2020-03-03T04:05:06.789Z'}",
                "{$dateDiff: {startDate: '$d', endDate: {$add: ['$d', 86400000]}, unit: 'day'}} | {$numberLong: '1'}",
                "{$toString: '$n'} | '5'",
                "{$toInt: '7'} | 7",
                "{$toDouble: '1.5'} | 1.5",
                "{$toLong: '$n'} | {$numberLong: '5'}",
                "{$toDate: '2020-01-01T00:00:00Z'} | {$date: '2020-01-01T00:00:00Z'}",
                "{$toBool: '$n'} | true",
                "{$convert: {input: 'x', to: 'int', onError: -1}} | -1",
                "{$type: '$s'} | 'string'",
                "{$isNumber: '$n'} | true",
                "'$e.t' | ['x', 'y']",
                "'$o.x' | 1",
                "['$n', '$missing'] | [5, null]",
                "{a: '$n', b: {c: '$s'}} | {a: 5, b: {c: 'Hello World'}}",
                "'$$ROOT.n' | 5"
            })
    void expressions(String expression, String expected) {
        insert("{_id: 1, n: 5, s: 'Hello World', l: [1, 2, 3], o: {x: 1, y: 2}, e: [{t: 'x'}, {t: 'y'}, {u: 1}],"
                + " d: {$date: '2020-02-03T04:05:06.789Z'}}");
        Document wrapped = doc("{v: " + expression + "}");
        List<Document> result = collection
                .aggregate(List.of(new Document("$project", new Document("_id", 0).append("v", wrapped.get("v")))))
                .into(new java.util.ArrayList<>());
        assertThat(result).containsExactly(doc("{v: " + expected + "}"));
    }

    private void tasks() {
        insert(
                "{_id: 1, project: 'p', status: 'done', tags: ['a', 'b'], n: 1, o: {k: 1}}",
                "{_id: 2, project: 'p', status: 'run', tags: ['b'], n: 2}",
                "{_id: 3, project: 'q', status: 'done', tags: [], n: 4}",
                "{_id: 4, project: 'q', status: 'done', n: null}");
    }

    @Test
    void groups() {
        tasks();
        assertAggregated(
                aggregate(
                        "{$group: {_id: '$project', sum: {$sum: '$n'}, avg: {$avg: '$n'}, min: {$min: '$n'}, max: {$max: '$n'}, all: {$push: '$_id'}, set: {$addToSet: '$status'}, first: {$first: '$_id'}, last: {$last: '$_id'}, count: {$sum: 1}, c: {$count: {}}}}",
                        "{$sort: {_id: 1}}"),
                "{_id: 'p', sum: 3, avg: 1.5, min: 1, max: 2, all: [1, 2], set: ['done', 'run'], first: 1, last: 2, count: 2, c: 2}",
                "{_id: 'q', sum: 4, avg: 4.0, min: 4, max: 4, all: [3, 4], set: ['done'], first: 3, last: 4, count: 2, c: 2}");
        assertAggregated(
                aggregate(
                        "{$match: {n: {$ne: null}}}",
                        "{$group: {_id: {project: '$project', status: '$status'}, n: {$sum: {$cond: [{$gt: ['$n', 1]}, 1, 0]}}}}",
                        "{$sort: {'_id.project': 1, '_id.status': 1}}"),
                "{_id: {project: 'p', status: 'done'}, n: 0}",
                "{_id: {project: 'p', status: 'run'}, n: 1}",
                "{_id: {project: 'q', status: 'done'}, n: 1}");
        assertAggregated(aggregate("{$group: {_id: null, n: {$sum: '$n'}}}"), "{_id: null, n: 7}");
    }

    /** The embedded server has the values of fields with an index at hand, and no document for each row. */
    @Test
    void groupsTellMissingFieldsFromNullAndFromThoseOfOtherDocuments() {
        List.of("{project: 1}", "{status: 1}", "{n: 1}").forEach(keys -> collection.createIndex(doc(keys)));
        insert(
                "{_id: 1, project: 'p', status: 'done', n: 1}",
                "{_id: 2, project: 'p'}",
                "{_id: 3, project: 'p', status: null, n: null}",
                "{_id: 4, project: 'p', status: null, n: 8}",
                "{_id: 5, status: 'done', n: 16}");
        assertAggregated(
                aggregate(
                        "{$match: {$or: [{project: 'p'}, {status: 'done'}]}}",
                        "{$group: {_id: {project: '$project', status: '$status'}, n: {$push: '$n'}, sum: {$sum: '$n'}}}",
                        "{$sort: {sum: 1}}"),
                "{_id: {project: 'p'}, n: [], sum: 0}",
                "{_id: {project: 'p', status: 'done'}, n: [1], sum: 1}",
                "{_id: {project: 'p', status: null}, n: [null, 8], sum: 8}",
                "{_id: {status: 'done'}, n: [16], sum: 16}");
    }

    @Test
    void shapes() {
        tasks();
        assertAggregated(
                aggregate("{$match: {_id: 1}}", "{$project: {_id: 0, n: 1, 'o.k': 1, t: {$size: '$tags'}}}"),
                "{n: 1, o: {k: 1}, t: 2}");
        assertAggregated(
                aggregate("{$match: {_id: 1}}", "{$project: {tags: 0, o: 0}}"),
                "{_id: 1, project: 'p', status: 'done', n: 1}");
        assertAggregated(
                aggregate(
                        "{$match: {_id: 1}}",
                        "{$set: {n: {$add: ['$n', 1]}, 'o.z': '$n', x: '$$REMOVE'}}",
                        "{$unset: ['tags', 'o.k']}"),
                "{_id: 1, project: 'p', status: 'done', n: 2, o: {z: 1}}");
        assertAggregated(aggregate("{$match: {_id: 1}}", "{$replaceRoot: {newRoot: '$o'}}"), "{k: 1}");
        assertAggregated(aggregate("{$match: {project: 'p'}}", "{$count: 'total'}"), "{total: 2}");
        assertAggregated(aggregate("{$match: {project: 'none'}}", "{$count: 'total'}"));
        assertAggregated(
                aggregate("{$sortByCount: '$project'}", "{$limit: 1}", "{$project: {count: 1, _id: 0}}"), "{count: 2}");
        assertAggregated(
                aggregate("{$sort: {n: -1}}", "{$skip: 1}", "{$limit: 1}", "{$project: {n: 1}}"), "{_id: 2, n: 2}");
    }

    @Test
    void unwinds() {
        tasks();
        assertAggregated(
                aggregate("{$unwind: '$tags'}", "{$project: {tags: 1}}"),
                "{_id: 1, tags: 'a'}",
                "{_id: 1, tags: 'b'}",
                "{_id: 2, tags: 'b'}");
        assertAggregated(
                aggregate(
                        "{$match: {project: 'q'}}",
                        "{$unwind: {path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i'}}",
                        "{$project: {tags: 1, i: 1}}"),
                "{_id: 3, i: null}",
                "{_id: 4, i: null}");
    }

    @Test
    void joins() {
        tasks();
        insert("{_id: 'p', name: 'P'}");
        String own = collection.getNamespace().getCollectionName();
        assertAggregated(
                aggregate(
                        "{$match: {_id: {$in: [1, 3]}}}",
                        "{$lookup: {from: '" + own + "', localField: 'project', foreignField: '_id', as: 'j'}}",
                        "{$project: {j: 1}}"),
                "{_id: 1, j: [{_id: 'p', name: 'P'}]}",
                "{_id: 3, j: []}");
        assertAggregated(
                aggregate(
                        "{$match: {_id: 'p'}}",
                        "{$lookup: {from: '" + own
                                + "', let: {p: '$_id'}, pipeline: [{$match: {$expr: {$eq: ['$project', '$$p']}}}, {$project: {n: 1}}], as: 'tasks'}}"),
                "{_id: 'p', name: 'P', tasks: [{_id: 1, n: 1}, {_id: 2, n: 2}]}");
    }

    @Test
    void facetsAndBuckets() {
        tasks();
        assertAggregated(
                aggregate(
                        "{$facet: {count: [{$count: 'n'}], top: [{$sort: {n: -1}}, {$limit: 1}, {$project: {n: 1}}]}}"),
                "{count: [{n: 4}], top: [{_id: 3, n: 4}]}");
        assertAggregated(
                aggregate("{$bucket: {groupBy: '$n', boundaries: [0, 2, 10], default: 'none'}}"),
                "{_id: 0, count: 1}",
                "{_id: 2, count: 2}",
                "{_id: 'none', count: 1}");
    }

    @Test
    void largeResultsComeInBatches() {
        collection.insertMany(java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> new Document("_id", i))
                .toList());
        assertThat(collection.aggregate(List.of(doc("{$match: {}}"))).batchSize(7))
                .hasSize(500);
    }

    @Test
    void badPipelinesAreErrors() {
        insert("{_id: 1, s: 'x'}");
        for (String bad : List.of(
                "{$nope: 1}",
                "{$project: {}}",
                "{$project: {v: {$nope: 1}}}",
                "{$group: {n: {$sum: 1}}}",
                "{$project: {v: {$size: '$s'}}}",
                "{$project: {v: {$divide: [1, 0]}}}",
                "{$limit: 0}",
                "{$project: {v: '$$nope'}}")) {
            assertThatThrownBy(() -> aggregate(bad)).as(bad).isInstanceOf(MongoCommandException.class);
        }
    }

    @Test
    void collectionsAreUnitedEachWithStagesOfItsOwn() {
        collection.insertMany(List.of(doc("{_id: 1, a: 'x'}"), doc("{_id: 2, a: 'y'}")));
        String other = collection.getNamespace().getCollectionName() + "-other";
        MongoServer.CLIENT
                .getDatabase("contract")
                .getCollection(other)
                .insertMany(List.of(doc("{_id: 1, a: 'z', b: 1}"), doc("{_id: 3, a: 'z'}")));
        String missing = collection.getNamespace().getCollectionName() + "-missing";
        assertAggregated(
                collection
                        .aggregate(List.of(
                                doc("{$match: {_id: {$in: [2, 9]}}}"),
                                doc("{$addFields: {of: 0}}"),
                                doc(
                                        "{$unionWith: {coll: '" + other
                                                + "', pipeline: [{$match: {_id: {$in: [1]}}}, {$project: {a: 1}}, {$addFields: {of: 1}}]}}"),
                                doc("{$unionWith: '" + missing + "'}")))
                        .into(new java.util.ArrayList<>()),
                "{_id: 2, a: 'y', of: 0}",
                "{_id: 1, a: 'z', of: 1}");
    }
}
