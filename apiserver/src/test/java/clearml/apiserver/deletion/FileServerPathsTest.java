package clearml.apiserver.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileServerPathsTest {

    private final FileServerPaths paths = new FileServerPaths(
            List.of("https://files.acme.com", "https://acme.com/files/", "/shared", ""), "http://fileserver:8081");

    @ParameterizedTest
    @CsvSource({
        "https://files.acme.com/p/t.1/artifacts, p/t.1/artifacts",
        "https://FILES.acme.com/p/a, p/a",
        "https://acme.com/files/p/a%20b, p/a%20b",
        "http://anywhere/shared/p/a, p/a",
        "http://fileserver:8081/p/a, p/a",
        "http://fileserver:8081//p/a/, p/a",
        "http://fileserver:8081/p/a?b=c#d, p/a",
        "http://fileserver:8081/p/a+b, p/a%2Bb",
        "http://fileserver:8081/, ''",
        "http://fileserver:8081, ''"
    })
    void theRestOfAKnownAddressIsThePath(String url, String path) {
        assertThat(paths.of(url)).contains(path);
    }

    @ParameterizedTest
    @CsvSource({
        "http://files.acme.com/p",
        "https://files.acme.com:8443/p",
        "https://files.acme.com.evil/p",
        "https://acme.com/filesystem/p",
        "https://acme.com/files",
        "s3://bucket/p"
    })
    void othersAreForeign(String url) {
        assertThat(paths.of(url)).isEmpty();
    }

    @Test
    void theFirstPrefixThatFitsCounts() {
        var both = new FileServerPaths(List.of("http://host/a", "http://host"), "http://fileserver:8081");

        assertThat(both.of("http://host/a/b")).contains("b");
        assertThat(both.of("http://host/c/b")).contains("c/b");
    }
}
