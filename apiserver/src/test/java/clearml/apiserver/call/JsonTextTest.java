package clearml.apiserver.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    enum State {
        IN_PROGRESS
    }

    record Answer(String accessKey, Integer missing, LocalDateTime lastUsed, State state) {}

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0",
        "0.0, 0.0",
        "-0.0, -0.0",
        "1000.0, 1000.0",
        "1e-07, 1e-07",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.5e-5, 1.5e-05",
        "123456789.125, 123456789.125",
        "1e7, 10000000.0",
        "1234567890123456, 1234567890123456.0",
        "1e16, 1e+16",
        "1.25e22, 1.25e+22",
        "1e100, 1e+100",
        "4.9e-324, 5e-324",
        "1e-323, 1e-323",
        "-1.5e-323, -1.5e-323",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "-2.5, -2.5",
        "0.1, 0.1",
        "2e-3, 0.002"
    })
    void floatsAreAsInPython(double value, String expected) {
        assertThat(JsonText.of(value)).isEqualTo(expected);
    }

    @Test
    void everyFloatIsReadBackTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(JsonText.of(value)))
                        .as("seed %d", seed)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void whatIsNoNumberIsWrittenAsSuch() {
        assertThat(JsonText.of(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null)))
                .isEqualTo("[NaN,Infinity,-Infinity,null]");
    }

    @Test
    void integersHaveNoPoint() {
        assertThat(JsonText.of(List.of(1, 2L, new BigInteger("12345678901234567890123"))))
                .isEqualTo("[1,2,12345678901234567890123]");
    }

    @Test
    void textIsAsciiWithUpperCaseEscapesAndPlainSlashes() {
        assertThat(JsonText.of("a/\u00e9\u20ac\ud83d\ude00\"\\\n\u0001"))
                .isEqualTo("\"a/\\u00E9\\u20AC\\uD83D\\uDE00\\\"\\\\\\n\\u0001\"");
    }

    @Test
    void datesOfDocumentsHaveAZone() {
        assertThat(JsonText.of(new Date(1795246453687L))).isEqualTo("\"2026-11-21T07:34:13.687000+00:00\"");
        assertThat(JsonText.of(Instant.ofEpochMilli(1577844184000L))).isEqualTo("\"2020-01-01T02:03:04+00:00\"");
        assertThat(JsonText.of(new Date(-1L))).isEqualTo("\"1969-12-31T23:59:59.999000+00:00\"");
    }

    @Test
    void datesOfRecordsHaveNone() {
        assertThat(JsonText.of(LocalDateTime.of(2026, 11, 21, 5, 41, 24, 381_000_000)))
                .isEqualTo("\"2026-11-21T05:41:24.381000\"");
    }

    @Test
    void recordsOmitNullAndHaveSnakeCaseNames() {
        assertThat(JsonText.of(new Answer("k", null, null, State.IN_PROGRESS)))
                .isEqualTo("{\"access_key\":\"k\",\"state\":\"in_progress\"}");
    }

    @Test
    void mapsKeepNull() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", null);

        assertThat(JsonText.of(map)).isEqualTo("{\"a\":null}");
    }

    @Test
    void rawDocumentsAreWrittenLikeDecodedOnes() {
        Document document = new Document("_id", "x")
                .append("f", 1.0)
                .append("i", 3)
                .append("l", 5_000_000_000L)
                .append("n", null)
                .append("d", new Date(1795246453687L))
                .append("list", List.of(true, "\u00e9", new Document("a", List.of())));
        RawBsonDocument raw = new RawBsonDocument(
                document.toBsonDocument(
                        BsonDocument.class,
                        org.bson.codecs.configuration.CodecRegistries.withUuidRepresentation(
                                com.mongodb.MongoClientSettings.getDefaultCodecRegistry(),
                                org.bson.UuidRepresentation.STANDARD)),
                new BsonDocumentCodec());

        assertThat(JsonText.of(raw)).isEqualTo(JsonText.of(document));
    }
}
