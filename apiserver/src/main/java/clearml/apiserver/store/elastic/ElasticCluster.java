package clearml.apiserver.store.elastic;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.BodyRoom;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.http.ConnectionClosedException;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One Elasticsearch cluster: JSON in, JSON out. Bodies are plain values as {@link BodyReader} makes them. Every failure is
 * an {@link ElasticException}.
 *
 * <p>Admits a limited number of requests at a time, and refuses more after a short wait: a cluster that hangs must not take
 * all threads of the server with it. The answers together have limited room, and one that finds none is refused too, with
 * 503.
 */
public final class ElasticCluster {

    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** What the objects made of an answer take at most: so many times its bytes. */
    private static final int HEAP_FOR_AN_ANSWER = 16;

    private static final int MAX_ANSWER_BYTES = (int) Math.min(HEAP / 4, 512 * 1024 * 1024);
    private static final long ROOM_WAIT_MS = 2_000;
    private static final int CONCURRENT = 48;
    private static final long WAIT_MS = 3_000;
    static final Map<String, String> LENIENT = Map.of("ignore_unavailable", "true", "allow_no_indices", "true");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RestClient client;
    private final String name;
    private final MeterRegistry meters;
    private final Semaphore admission = new Semaphore(CONCURRENT);
    private final BodyRoom room;
    private volatile boolean writable = true;

    /** @param name of the cluster in the configuration, and in {@code clearml_elasticsearch_requests} */
    public ElasticCluster(RestClient client, String name, MeterRegistry meters) {
        this(client, name, meters, new BodyRoom(HEAP / HEAP_FOR_AN_ANSWER, ROOM_WAIT_MS));
    }

    ElasticCluster(RestClient client, String name, MeterRegistry meters, BodyRoom room) {
        this.room = room;
        this.client = client;
        this.name = name;
        this.meters = meters;
    }

    /** A request with a JSON body. */
    public Map<String, @Nullable Object> json(String method, String path, @Nullable Object body) {
        return json(method, path, Map.of(), body);
    }

    /** @param parameters of the URL */
    public Map<String, @Nullable Object> json(
            String method, String path, Map<String, String> parameters, @Nullable Object body) {
        try (BodyRoom.Place place = room.place()) {
            return json(request(method, path, parameters, body), place, MAX_ANSWER_BYTES);
        }
    }

    private Map<String, @Nullable Object> json(Request request, BodyRoom.Place place, int most) {
        return object(NewShards.awaited(() -> bytes(request, place, most)));
    }

    /** Several JSON lines as one request, such as {@code _bulk} and {@code _msearch}. */
    public Map<String, @Nullable Object> lines(String path, Map<String, String> parameters, byte[] lines, int length) {
        return object(linesAnswer(path, parameters, lines, length));
    }

    /** Whether documents are taken at all, which they are from the beginning. */
    void setWritable(boolean writable) {
        this.writable = writable;
    }

    /** @throws ElasticException when documents are not taken yet */
    void requireWritable() {
        if (!writable) {
            throw ElasticException.noAnswer(new IOException("it has not answered since this server was started"));
        }
    }

    byte[] linesAnswer(String path, Map<String, String> parameters, byte[] lines, int length) {
        Request request = request("POST", path, parameters, null);
        request.setEntity(new NByteArrayEntity(lines, 0, length, NDJSON));
        try (BodyRoom.Place place = room.place()) {
            return bytes(request, place, MAX_ANSWER_BYTES);
        }
    }

    /** Searches several times in one request: the answers, or the failure of the first that failed. */
    public List<SearchAnswer> searchAll(List<Search> searches) {
        return MultiSearch.run(this, searches);
    }

    /**
     * The same for searches by metric, variant, steps of an axis, and one value in each: the series that they make.
     *
     * @param formatted whether the axis is read as text, in the format that the searches ask for
     */
    public List<List<SeriesPoints>> seriesOfAll(List<Search> searches, boolean formatted) {
        return MultiSearch.series(this, searches, formatted);
    }

    /** One search. */
    public SearchAnswer search(Search search) {
        return new SearchAnswer(json("POST", search.path(), search.parameters(), search.body()));
    }

    /**
     * A search for documents, which may be large.
     *
     * @param place what the answer takes, as long as its documents are needed
     * @param most bytes of the answer
     * @throws ElasticException {@link ElasticException#tooLarge}, so that fewer may be asked for
     * @throws ApiException 503 when there is no room for the answer
     */
    public SearchAnswer search(Search search, BodyRoom.Place place, int most) {
        Request request = request("POST", search.path(), search.parameters(), search.body());
        return new SearchAnswer(json(request, place, Math.min(most, MAX_ANSWER_BYTES)));
    }

    /** Where the answers of this cluster have their places. */
    public BodyRoom room() {
        return room;
    }

    /** Makes what was written to the indices readable; those that do not exist are left out. */
    public void refresh(String indices) {
        json("POST", "/" + indices + "/_refresh", LENIENT, null);
    }

    private static Request request(String method, String path, Map<String, String> parameters, @Nullable Object body) {
        Request request = new Request(method, path);
        parameters.forEach(request::addParameter);
        if (body != null) {
            request.setEntity(new NByteArrayEntity(JSON.writeValueAsBytes(body), ContentType.APPLICATION_JSON));
        }
        return request;
    }

    private byte[] bytes(Request request, BodyRoom.Place place, int most) {
        RequestOptions.Builder options = RequestOptions.DEFAULT.toBuilder();
        options.setHttpAsyncResponseConsumerFactory(() -> new AnswerBody(place, most));
        request.setOptions(options);
        try {
            return bytes(request);
        } catch (ElasticException e) {
            if (!(e.getCause() instanceof AnswerBody.NoRoom full)) {
                throw e;
            }
            place.need(full.needed());
        }
        try {
            return bytes(request);
        } catch (ElasticException e) {
            throw e.getCause() instanceof AnswerBody.NoRoom
                    ? ApiError.SERVICE_UNAVAILABLE.of("too many large answers at a time")
                    : e;
        }
    }

    private byte[] bytes(Request request) {
        admit();
        Timer.Sample sample = Timer.start(meters);
        try {
            HttpEntity entity = performed(request).getEntity();
            return entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
        } catch (ResponseException e) {
            throw refused(e);
        } catch (IOException e) {
            throw e.getCause() instanceof AnswerBody.TooLarge
                    ? ElasticException.answerTooLarge()
                    : ElasticException.noAnswer(e.getCause() instanceof AnswerBody.NoRoom full ? full : e);
        } catch (RuntimeException e) {
            // So the client says that whoever waits was interrupted, because the server stops: the same may be sent
            // again.
            throw e.getCause() instanceof InterruptedException ? ElasticException.noAnswer(e) : e;
        } finally {
            admission.release();
            sample.stop(
                    meters.timer("clearml.elasticsearch.requests", "cluster", name, "operation", operation(request)));
        }
    }

    /** {@code _bulk}, {@code _search} ...: the part of the path that names no index, so that labels stay few. */
    private static String operation(Request request) {
        for (String part : request.getEndpoint().split("/")) {
            if (part.startsWith("_")) {
                return part;
            }
        }
        return "index";
    }

    /** A kept connection may have been closed by the other side meanwhile; everything sent here may be repeated. */
    private Response performed(Request request) throws IOException {
        try {
            return client.performRequest(request);
        } catch (ConnectionClosedException e) {
            return client.performRequest(request);
        }
    }

    private void admit() {
        try {
            if (!admission.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                throw ElasticException.noAnswer(new IOException("too many requests are waiting for it"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ElasticException.noAnswer(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(byte[] bytes) {
        Object value = bytes.length == 0 ? null : BodyReader.read(bytes, 0, bytes.length);
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }

    static ElasticException refused(ResponseException failure) {
        int status = failure.getResponse().getStatusLine().getStatusCode();
        try {
            HttpEntity entity = failure.getResponse().getEntity();
            Map<String, @Nullable Object> answer = object(EntityUtils.toByteArray(entity));
            return refused(status, answer.get("error"));
        } catch (IOException | ApiException | IllegalArgumentException e) {
            return ElasticException.refused(status, "error", "HTTP status " + status);
        }
    }

    /** @param error the member {@code error} of an answer */
    static ElasticException refused(int status, @Nullable Object error) {
        Object cause = error;
        if (error instanceof Map<?, ?> object) {
            if (object.get("root_cause") instanceof List<?> causes && !causes.isEmpty()) {
                cause = causes.get(0);
            } else if (object.get("caused_by") != null) {
                cause = object.get("caused_by");
            }
        }
        if (cause instanceof Map<?, ?> object) {
            return ElasticException.refused(
                    status, String.valueOf(object.get("type")), String.valueOf(object.get("reason")));
        }
        return ElasticException.refused(status, "error", String.valueOf(error));
    }
}
