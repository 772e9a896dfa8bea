package clearml.apiserver.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3AccessesTest {

    private final S3Accesses accesses = S3Accesses.of(new StorageOptions(Map.of(
            "key",
            "common",
            "secret",
            "s",
            "credentials",
            List.of(
                    Map.of("bucket", "Own", "key", "own", "secret", "s"),
                    Map.of("bucket", "incomplete", "key", "k"),
                    Map.of("bucket", "chained", "use_credentials_chain", true),
                    Map.of("host", "minio:9000", "key", "minio", "secret", "s", "secure", false),
                    Map.of("host", "minio:9000", "bucket", "special", "key", "special", "secret", "s"),
                    Map.of("host", "store.acme.com", "key", "acme", "secret", "s")))));

    @ParameterizedTest
    @CsvSource({
        "s3://any/a/b, common, '', any, a/b",
        "s3://own/a, own, '', own, a",
        "s3://owner/a, common, '', owner, a",
        "s3://own//a, own, '', own, a",
        "s3://own, own, '', own, ''",
        "s3://incomplete/a, common, '', incomplete, a",
        "s3://chained/a, '', '', chained, a",
        "s3://minio:9000/bucket/a/b, minio, minio:9000, bucket, a/b",
        "s3://minio:9000/special/a, special, minio:9000, special, a",
        "s3://store.acme.com/bucket/a, acme, store.acme.com, bucket, a",
        "s3://other:9000/bucket/a, common, other:9000, bucket, a",
        "s3://own/a%20b?c#d, own, '', own, a%20b?c#d"
    })
    void theLongestNameThatFitsGivesTheAccess(String url, String user, String host, String bucket, String key) {
        var found = accesses.find(url).orElseThrow();

        assertThat(found.access().key()).isEqualTo(user);
        assertThat(found.access().host()).isEqualTo(host);
        assertThat(found.bucket()).isEqualTo(bucket);
        assertThat(found.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"gs://own/a", "s3://", "s3:///a", "s3://minio:9000", "s3://minio:9000/"})
    void whatNamesNoBucketLeadsNowhere(String url) {
        assertThat(accesses.find(url)).isEmpty();
    }

    @Test
    void withoutCredentialsNothingIsFound() {
        assertThat(S3Accesses.of(new StorageOptions(Map.of("key", "", "secret", "")))
                        .find("s3://a/b"))
                .isEmpty();
    }
}
