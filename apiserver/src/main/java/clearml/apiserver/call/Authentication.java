package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;

/** Tells who is calling. The kernel asks; {@code security} answers. */
public interface Authentication {

    /**
     * The caller by header or cookie, not yet impersonating anybody.
     *
     * @throws ApiException 401 when credentials are missing or wrong
     */
    Caller authenticate(HttpServletRequest request, String endpoint);

    /**
     * The caller after {@code X-ClearML-Impersonate-As} and {@code X-ClearML-Act-As}, itself without them.
     *
     * @throws ApiException 400/5, 400/6
     */
    Caller impersonate(HttpServletRequest request, Caller caller);

    /**
     * For calls that nobody authenticated, where there is nobody to impersonate with.
     *
     * @throws ApiException 400/5, 400/6 when the request asks for it nevertheless
     */
    void refuseImpersonation(HttpServletRequest request);
}
