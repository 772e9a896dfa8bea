package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One request on its way through the server: what {@code meta} tells about it. */
public final class Call {

    private static final String ATTRIBUTE = Call.class.getName();
    private static final HexFormat HEX = HexFormat.of();

    private final String id = newId();
    private final String trx;
    private String endpointName = "";
    private Object requestedVersion = 1.0;
    private @Nullable Object actualVersion;
    private @Nullable ApiVersion version;
    private @Nullable Caller caller;
    private @Nullable ApiException failure;

    Call(@Nullable String trx) {
        this.trx = trx == null ? id : trx;
    }

    /** A random uuid4 as 32 hex digits, the form of every id in the stores. */
    public static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & 0xffffffffffff0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    static Call start(HttpServletRequest request) {
        String trx = Headers.first(request, "X-ClearML-Trx", "X-Trains-Trx");
        Call call = new Call(trx);
        request.setAttribute(ATTRIBUTE, call);
        return call;
    }

    static Call of(HttpServletRequest request) {
        Call call = (Call) request.getAttribute(ATTRIBUTE);
        return call == null ? start(request) : call;
    }

    void target(String name, ApiVersion requested) {
        endpointName = name;
        version = requested;
        requestedVersion = requested.inMeta(requested);
    }

    void found(ApiEndpoint endpoint, ApiVersion requested) {
        actualVersion = endpoint.since().inMeta(requested);
    }

    void failedWith(ApiException error) {
        failure = error;
    }

    void by(Caller who) {
        caller = who;
    }

    /** {@code meta.id}: new for each call. */
    public String id() {
        return id;
    }

    /** {@code meta.trx}: the caller's transaction id, or the call's id. */
    public String trx() {
        return trx;
    }

    public String endpointName() {
        return endpointName;
    }

    Object requestedVersion() {
        return requestedVersion;
    }

    @Nullable
    Object actualVersion() {
        return actualVersion;
    }

    /** The requested version; the newest one while the path is not understood. */
    public ApiVersion version() {
        return version == null ? ApiVersion.MAX : version;
    }

    /** Null where the endpoint does not authenticate. */
    public @Nullable Caller caller() {
        return caller;
    }

    @Nullable
    ApiException failure() {
        return failure;
    }
}
