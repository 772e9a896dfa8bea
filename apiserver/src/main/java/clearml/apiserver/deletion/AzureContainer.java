package clearml.apiserver.deletion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.web.util.UriUtils;

/**
 * A container.
 *
 * @param base the account's address
 */
record AzureContainer(String account, String key, String base, String name, DeleteRequests requests)
        implements Storage.Place {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final String VERSION = "2021-08-06";
    private static final String HMAC = "HmacSHA256";
    private static final int AT_ONCE = 32;
    /** The standard headers that count, none of which a DELETE has. */
    private static final String NO_HEADERS = "\n".repeat(11);

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Storage.Session open() throws IOException {
        if (key.isEmpty()) {
            throw new IOException("no account_key for " + this);
        }
        SecretKeySpec secret = new SecretKeySpec(Base64.getDecoder().decode(key), HMAC);
        return paths -> requests.send(paths, path -> request(path, secret), AzureContainer::isMissing);
    }

    private static boolean isMissing(java.net.http.HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("x-ms-error-code")
                .filter("ContainerNotFound"::equals)
                .isEmpty();
    }

    private HttpRequest.Builder request(String path, SecretKeySpec secret) {
        URI blob = URI.create(base + "/" + part(name) + "/" + parts(path));
        String date = DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
        return HttpRequest.newBuilder(blob)
                .header("x-ms-date", date)
                .header("x-ms-delete-snapshots", "include")
                .header("x-ms-version", VERSION)
                .header("Authorization", "SharedKey " + account + ":" + signature(blob, date, secret));
    }

    private String signature(URI blob, String date, SecretKeySpec secret) {
        String signed = "DELETE\n" + NO_HEADERS + "x-ms-date:" + date + "\nx-ms-delete-snapshots:include\nx-ms-version:"
                + VERSION + "\n/" + account + blob.getRawPath();
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String parts(String path) {
        return Arrays.stream(path.split("/", -1)).map(AzureContainer::part).collect(Collectors.joining("/"));
    }

    private static String part(String text) {
        return UriUtils.encode(text, UTF_8);
    }

    @Override
    public String toString() {
        return "azure://" + account + "/" + name;
    }
}
