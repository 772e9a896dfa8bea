package clearml.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProxyTest {

    private static final CountDownLatch FIRST_PART_READ = new CountDownLatch(1);

    private static HttpServer upstream;
    private static RunningWebUi web;

    @BeforeAll
    static void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newCachedThreadPool());
        upstream.createContext("/", ProxyTest::echo);
        upstream.createContext("/count", ProxyTest::count);
        upstream.createContext("/slow", ProxyTest::slow);
        upstream.createContext("/broken", ProxyTest::broken);
        upstream.createContext("/moved", ProxyTest::moved);
        upstream.start();
        web = new RunningWebUi(Map.of(
                "webserver.api_server",
                        "http://127.0.0.1:" + upstream.getAddress().getPort(),
                "webserver.files_server", "http://127.0.0.1:" + closedPort()));
    }

    @AfterAll
    static void stop() {
        web.close();
        upstream.stop(0);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String text = exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                + "host=" + exchange.getRequestHeaders().getFirst("Host") + "\n"
                + "cookie=" + exchange.getRequestHeaders().getFirst("Cookie") + "\n"
                + "forwarded=" + exchange.getRequestHeaders().get("X-Forwarded-For") + "\n"
                + "hop=" + exchange.getRequestHeaders().getFirst("X-Hop") + "\n"
                + body;
        exchange.getResponseHeaders().put("Set-Cookie", List.of("a=1; Path=/", "b=2; Path=/"));
        answer(exchange, 200, text);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
        }
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static void count(HttpExchange exchange) throws IOException {
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        InputStream in = exchange.getRequestBody();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            size += read;
        }
        answer(exchange, 200, "length=" + exchange.getRequestHeaders().getFirst("Content-Length") + " read=" + size);
    }

    private static void slow(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("first ".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            boolean read = FIRST_PART_READ.await(20, TimeUnit.SECONDS);
            exchange.getResponseBody().write((read ? "second" : "never read").getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    /** Promises more than it sends. */
    private static void broken(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write("a part".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private static void moved(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
        answer(exchange, 302, "");
    }

    @Test
    void pathQueryHeadersAndBodyGoThroughAlsoWithGet() throws Exception {
        HttpResponse<String> answer = web.http.send(
                HttpRequest.newBuilder(web.url("/api/v2.13/tasks.get_all?a=1&b=%20"))
                        .header("Cookie", "clearml_token_basic=t")
                        .header("X-Forwarded-For", "10.1.2.3")
                        .method("GET", HttpRequest.BodyPublishers.ofString("{\"id\":[]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body().lines())
                .containsExactly(
                        "GET /v2.13/tasks.get_all?a=1&b=%20",
                        "host=127.0.0.1:" + web.port(),
                        "cookie=clearml_token_basic=t",
                        "forwarded=[10.1.2.3, 127.0.0.1]",
                        "hop=null",
                        "{\"id\":[]}");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactlyInAnyOrder("a=1; Path=/", "b=2; Path=/");
    }

    @Test
    void headersAboutOneConnectionStayBehind() throws Exception {
        String answer = web.raw(
                "GET /api/x HTTP/1.1\r\nHost: h\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nExpect: 100-continue\r\n\r\n");
        assertThat(answer).contains("GET /x\n").contains("host=h\n").contains("hop=null");
    }

    @Test
    void charactersOfFileNamesArriveAsTheyWereMeant() throws Exception {
        String answer = web.raw("GET /api/a[1]/{b}|c^d/%2F/%25/;p=1/x+y%20z/%C3%A4/..%2Fq HTTP/1.1\r\nHost: h\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer).contains("GET /a%5B1%5D/%7Bb%7D%7Cc%5Ed/%2F/%25/;p=1/x+y%20z/%C3%A4/..%2Fq\n");
    }

    @Test
    void everyMethodGoesThrough() throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            HttpResponse<String> answer = web.http.send(
                    HttpRequest.newBuilder(web.url("/api/x"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .method(method, HttpRequest.BodyPublishers.ofString("form=1"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).startsWith(method + " /x\n").endsWith("\nform=1");
        }
    }

    @Test
    void headKeepsTheLengthOfTheContent() throws Exception {
        HttpResponse<Void> answer = web.http.send(
                HttpRequest.newBuilder(web.url("/api/x"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
                .isPositive();
    }

    @Test
    void thePrefixAloneIsTheRoot() throws Exception {
        assertThat(web.get("/api").body()).startsWith("GET /\n");
    }

    @Test
    void aBodyOfKnownLengthKeepsIt() throws Exception {
        HttpResponse<String> answer = web.http.send(
                HttpRequest.newBuilder(web.url("/api/count"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("length=3000000 read=3000000");
    }

    @Test
    void aBodyOfUnknownLengthLargerThanTheHeapGoesThrough() throws Exception {
        long chunks = Runtime.getRuntime().maxMemory() / (1 << 20) + 64;
        byte[] chunk = new byte[1 << 20];
        HttpResponse<String> answer = web.http.send(
                HttpRequest.newBuilder(web.url("/api/count"))
                        .POST(HttpRequest.BodyPublishers.ofByteArrays(() -> java.util.stream.LongStream.range(0, chunks)
                                .mapToObj(i -> chunk)
                                .iterator()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("length=null read=" + (chunks << 20));
    }

    @Test
    void whatHasBeenAnsweredArrivesBeforeTheRestIsThere() throws Exception {
        HttpResponse<InputStream> answer = web.http.send(
                HttpRequest.newBuilder(web.url("/api/slow")).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first ");
            FIRST_PART_READ.countDown();
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
        }
    }

    @Test
    void redirectsAreForTheClient() throws Exception {
        HttpResponse<String> answer = web.get("/api/moved");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("http://elsewhere.invalid/");
    }

    @Test
    void anAnswerThatBreaksOffDoesSoForTheClientToo() throws Exception {
        HttpResponse<InputStream> answer = web.http.send(
                HttpRequest.newBuilder(web.url("/api/broken")).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(web.get("/api/x").statusCode()).isEqualTo(200);
    }

    @Test
    void anUnreachableServerIsABadGateway() throws Exception {
        HttpResponse<String> answer = web.get("/files/x");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("cannot be reached");
    }
}
