package clearml.apiserver.deletion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * S3, Google Cloud Storage and Azure on one port, as far as deleting goes. A bucket {@code forbidden} is forbidden, {@code
 * missing} is not there, {@code slow} does not answer; what begins with {@code locked} cannot be deleted.
 */
final class FakeClouds implements AutoCloseable {

    static final String AZURE_KEY = Base64.getEncoder().encodeToString("azure secret".getBytes(UTF_8));
    private static final String TOKEN = "token-of-google";
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);

    /** What is there, as {@code bucket/name}. */
    final Set<String> objects = ConcurrentHashMap.newKeySet();

    /** Who deleted in S3, and how much, a call each: {@code key:number}. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    FakeClouds() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "clouds");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> answer(exchange, this::s3));
        server.createContext("/token", exchange -> answer(exchange, FakeClouds::token));
        server.createContext("/storage/v1/b/", exchange -> answer(exchange, this::google));
        server.createContext("/azure/", exchange -> answer(exchange, this::azure));
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + host();
    }

    /** A service account's key, as Google hands it out. */
    String googleKey() {
        try {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            var pem = "-----BEGIN PRIVATE KEY-----\\n"
                    + Base64.getEncoder()
                            .encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                    + "\\n-----END PRIVATE KEY-----\\n";
            return ("{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key_id\":\"1\",\"private_key\":\"%s\","
                            + "\"client_email\":\"a@b\",\"client_id\":\"1\",\"token_uri\":\"%s/token\"}")
                    .formatted(pem, url());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Reply(int status, Map<String, String> headers, String body) {
        static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body);
        }
    }

    private interface Handler {
        Reply handle(HttpExchange exchange, byte[] body) throws GeneralSecurityException;
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            var reply = handler.handle(exchange, exchange.getRequestBody().readAllBytes());
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            var body = reply.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply s3(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        var bucket = exchange.getRequestURI().getPath().substring(1).replace("/", "");
        var signed = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/s3/aws4_request, .*Signature=.+")
                .matcher(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), ""));
        var md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        if (!signed.matches() || !md5.equals(exchange.getRequestHeaders().getFirst("Content-MD5"))) {
            return error(400, "InvalidRequest", "signature or checksum");
        }
        var keys = KEY.matcher(new String(body, UTF_8))
                .results()
                .map(key -> key.group(1))
                .toList();
        calls.add(signed.group(1) + ":" + keys.size());
        return switch (bucket) {
            case "forbidden" -> error(403, "AccessDenied", "Access Denied");
            case "missing" -> error(404, "NoSuchBucket", "The specified bucket does not exist");
            case "slow" -> slow();
            default ->
                Reply.of(
                        200,
                        keys.stream()
                                .map(key -> inS3(bucket, key))
                                .collect(Collectors.joining("", "<DeleteResult>", "</DeleteResult>")));
        };
    }

    private String inS3(String bucket, String key) {
        if (key.startsWith("locked")) {
            return "<Error><Key>" + key + "</Key><Code>AccessDenied</Code><Message>It is locked</Message></Error>";
        }
        objects.remove(bucket + "/" + key);
        return "<Deleted><Key>" + key + "</Key></Deleted>";
    }

    private static Reply error(int status, String code, String message) {
        return Reply.of(status, "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }

    private static Reply slow() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(500, "");
    }

    private static Reply token(HttpExchange exchange, byte[] body) {
        return new String(body, UTF_8).contains("assertion=")
                ? new Reply(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")
                : Reply.of(400, "");
    }

    private Reply google(HttpExchange exchange, byte[] body) {
        var parts = exchange.getRequestURI().getRawPath().split("/");
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return Reply.of(401, "no token");
        }
        if (parts.length != 7 || !exchange.getRequestMethod().equals("DELETE")) {
            return Reply.of(400, "not one object");
        }
        var path = exchange.getRequestURI().getPath();
        return switch (parts[4]) {
            case "forbidden" -> Reply.of(403, "does not have storage.objects.delete access");
            case "missing" -> Reply.of(404, "The specified bucket does not exist.");
            default ->
                objects.remove(parts[4] + "/" + path.substring(path.indexOf("/o/") + 3))
                        ? Reply.of(204, "")
                        : Reply.of(404, "No such object");
        };
    }

    private Reply azure(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        var parts = exchange.getRequestURI().getPath().split("/", 5);
        var expected = "SharedKey " + parts[2] + ":" + signature(exchange, parts[2]);
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Reply(403, Map.of("x-ms-error-code", "AuthenticationFailed"), "AuthenticationFailed");
        }
        if (parts[3].equals("missing")) {
            return new Reply(404, Map.of("x-ms-error-code", "ContainerNotFound"), "ContainerNotFound");
        }
        return objects.remove(parts[3] + "/" + parts[4])
                ? Reply.of(202, "")
                : new Reply(404, Map.of("x-ms-error-code", "BlobNotFound"), "BlobNotFound");
    }

    /** Shared Key authorization of a request without body and query. */
    private static String signature(HttpExchange exchange, String account) throws GeneralSecurityException {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-ms-")) {
                headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        var lines = new ArrayList<String>();
        lines.add(exchange.getRequestMethod());
        for (var header : List.of(
                "Content-Encoding",
                "Content-Language",
                "Content-Length",
                "Content-MD5",
                "Content-Type",
                "Date",
                "If-Modified-Since",
                "If-Match",
                "If-None-Match",
                "If-Unmodified-Since",
                "Range")) {
            // A length of 0 is signed as none.
            lines.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(header), "")
                    .replaceFirst("^0$", ""));
        }
        headers.forEach((name, value) -> lines.add(name + ":" + value));
        lines.add("/" + account + exchange.getRequestURI().getRawPath());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("azure secret".getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder()
                .encodeToString(mac.doFinal(String.join("\n", lines).getBytes(UTF_8)));
    }
}
