package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.Projection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawProjectionTest {

    private static final String[] NAMES = {"a", "b", "ab", "_id", "é"};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {a: 1}                 | {_id: 1, a: {b: [1, {c: 2}]}}
            {a: 1, _id: 0}         | {a: {b: [1, {c: 2}]}}
            {a: 0}                 | {_id: 1, ab: 3, l: [{x: 1, y: 2}, 5, [{x: 3}]]}
            {'a.b.c': 1}           | {_id: 1, a: {b: [{c: 2}]}}
            {'a.b.c': 0, l: 0}     | {_id: 1, a: {b: [1, {}]}, ab: 3}
            {'l.x': 1, _id: 0}     | {l: [{x: 1}, [{x: 3}]]}
            {'ab.c': 1}            | {_id: 1}
            {'ab.c': 0, a: 0, l: 0}| {_id: 1, ab: 3}
            {nope: 1}              | {_id: 1}
            {_id: 0}               | {a: {b: [1, {c: 2}]}, ab: 3, l: [{x: 1, y: 2}, 5, [{x: 3}]]}
            """)
    void copiesWhatIsIncludedAndSkipsWhatIsExcluded(String projection, String expected) {
        var stored = BsonDocument.parse("{_id: 1, a: {b: [1, {c: 2}]}, ab: 3, l: [{x: 1, y: 2}, 5, [{x: 3}]]}");

        assertThat(projected(bytes(stored), spec(projection))).isEqualTo(BsonDocument.parse(expected));
    }

    @Test
    void elementsAreNumberedAnewWhenSomeAreLeftOut() {
        var stored = BsonDocument.parse("{l: [1, {x: 1}, 2, {x: 2}]}");
        byte[] copied = raw(spec("{'l.x': 1}")).apply(new Content(bytes(stored)));

        assertThat(new RawBsonDocument(copied).toJson()).isEqualTo("{\"l\": [{\"x\": 1}, {\"x\": 2}]}");
        assertThat(copied).isEqualTo(bytes(BsonDocument.parse("{l: [{x: 1}, {x: 2}]}")));
    }

    @Test
    void aProjectionThatComputesIsNotOne() {
        assertThat(RawProjection.of(Projection.ofFind(spec("{a: {$slice: 1}}"), null, Collation.SIMPLE)))
                .isNull();
    }

    /** The same as the projection of decoded documents, for any of them. */
    @RepeatedTest(200)
    void agreesWithTheProjectionOfDecodedDocuments(org.junit.jupiter.api.RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Document stored = document(random, 4);
        Document spec = new Document();
        boolean including = random.nextBoolean();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String path = path(random);
            if (spec.keySet().stream().noneMatch(other -> collides(path, other))) {
                spec.put(path, including ? 1 : 0);
            }
        }
        Projection projection = Projection.ofFind(spec, null, Collation.SIMPLE);

        assertThat(raw(spec).apply(ContentWriter.of(stored)))
                .as("%s of %s", spec, stored)
                .isEqualTo(BsonBytes.encode(projection.apply(stored)));
    }

    private static boolean collides(String path, String other) {
        return (path + ".").startsWith(other + ".") || (other + ".").startsWith(path + ".");
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(NAMES[random.nextInt(3)]);
        for (int i = random.nextInt(3); i > 0; i--) {
            path.append('.').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return path.toString();
    }

    private static Document document(Random random, int depth) {
        Document document = new Document();
        for (String name : NAMES) {
            if (random.nextInt(4) > 0) {
                document.put(name, value(random, depth));
            }
        }
        return document;
    }

    private static Object value(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0:
                return random.nextInt(9);
            case 1:
                return "text " + random.nextInt(9);
            case 2:
                return random.nextBoolean();
            case 3:
                return document(random, depth - 1);
            default:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(12); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                return list;
        }
    }

    private static BsonDocument projected(byte[] stored, Document spec) {
        return new RawBsonDocument(raw(spec).apply(new Content(stored))).decode(new BsonDocumentCodec());
    }

    private static RawProjection raw(Document spec) {
        RawProjection raw = RawProjection.of(Projection.ofFind(spec, null, Collation.SIMPLE));
        assertThat(raw).isNotNull();
        return java.util.Objects.requireNonNull(raw);
    }

    private static byte[] bytes(BsonDocument document) {
        var buffer = new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Document spec(String json) {
        return BsonBytes.decode(bytes(BsonDocument.parse(json)));
    }
}
