package clearml.fileserver.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartStreamTest {

    private static final String HEAD = "Content-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n";

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> bodies(InputStream in, String boundary) throws IOException {
        MultipartStream parts = new MultipartStream(in, boundary);
        List<byte[]> bodies = new ArrayList<>();
        for (Optional<PartHeaders> part = parts.next(); part.isPresent(); part = parts.next()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            parts.copyTo(Channels.newChannel(body));
            bodies.add(body.toByteArray());
        }
        return bodies;
    }

    @Test
    void bodies_are_found_however_the_bytes_arrive() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            // Few different bytes, so that pieces of the delimiter are everywhere.
            String alphabet = "\r\n-bX";
            List<String> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "preamble" : "");
            text.append(text.isEmpty() ? "" : "\r\n");
            for (int part = random.nextInt(4); part >= 0; part--) {
                StringBuilder body = new StringBuilder();
                int length = random.nextInt(5) == 0 ? random.nextInt(400_000) : random.nextInt(60);
                while (body.length() < length) {
                    body.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                String content = body.toString().replace("\r\n--bX", "......");
                content = content.endsWith("\r\n--b") || content.endsWith("\r\n--") ? content + "." : content;
                expected.add(content);
                text.append("--bX  \r\n".replace("  ", random.nextBoolean() ? " " : ""))
                        .append(HEAD)
                        .append(content)
                        .append("\r\n");
            }
            text.append("--bX--").append(random.nextBoolean() ? "\r\nepilogue" : "");
            List<byte[]> found = bodies(dripping(latin(text.toString()), random), "bX");
            assertThat(found.stream().map(b -> new String(b, StandardCharsets.ISO_8859_1)))
                    .as("seed %d, run %d", seed, run)
                    .containsExactlyElementsOf(expected);
        }
    }

    /** Gives as many bytes as it likes at a time. */
    private static InputStream dripping(byte[] content, Random random) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                int most = random.nextInt(3) == 0 ? 1 + random.nextInt(8) : 1 + random.nextInt(100_000);
                return super.read(buffer, offset, Math.min(length, most));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing of the kind",
                "--bX",
                "--bX\r\nContent-Disp",
                "--bX\r\n" + HEAD + "cut off",
                "--bX\r\n" + HEAD + "cut off\r\n--b",
                "--bX\r\n" + HEAD + "x\r\n--bX",
                "--bXtail\r\n" + HEAD + "x\r\n--bX--",
                "--bX\r\nContent-Type: text/plain\r\n\r\nno disposition\r\n--bX--"
            })
    void broken_bodies_are_refused(String body) {
        assertThatThrownBy(() -> bodies(new ByteArrayInputStream(latin(body)), "bX"))
                .isInstanceOf(MalformedUpload.class);
    }

    @Test
    void endless_headers_are_refused() {
        byte[] body = latin("--bX\r\nContent-Disposition: form-data; name=\"" + "x".repeat(200_000));
        assertThatThrownBy(() -> bodies(new ByteArrayInputStream(body), "bX"))
                .isInstanceOf(MalformedUpload.class)
                .hasMessageContaining("too long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"/p x/a.bin\"; filename=\"/p x/a.bin\" | /p x/a.bin | true",
                "form-data; filename=f; name=plain | plain | true",
                "form-data; name=\"a%22b%25c\"; filename=\"f\" | a\"b%25c | true",
                "form-data; name=\"a\\\"b;c\\d\"; filename=\"f\" | a\"b;cd | true",
                "form-data; name=\"α/β.csv\"; filename*=utf-8''x | α/β.csv | true",
                "form-data; name=\"field\" | field | false",
                "form-data; filename=\"f\" | `` | true",
                "form-data; NAME = \"n\" ; FileName = \"f\" | n | true",
                "form-data; name=\"open | open | false"
            })
    void the_field_name_is_read_as_senders_write_it(String disposition, String name, boolean file) throws IOException {
        assertThat(PartHeaders.parse("Content-Type: a/b\r\ncontent-disposition: " + disposition + "\r\n\r\n"))
                .isEqualTo(new PartHeaders(name, file));
    }
}
