package clearml.apiserver.call;

/** One implementation of an endpoint; {@code since} is the lowest API version that it answers. */
public final class ApiEndpoint {

    private final ApiCall declaration;
    private final ApiVersion since;
    private final EndpointMethod handler;

    ApiEndpoint(ApiCall declaration, EndpointMethod handler) {
        this.declaration = declaration;
        this.since = ApiVersion.of(declaration.since());
        this.handler = handler;
    }

    /** {@code <service>.<action>}. */
    public String name() {
        return declaration.value();
    }

    public ApiVersion since() {
        return since;
    }

    public ApiCall declaration() {
        return declaration;
    }

    EndpointMethod handler() {
        return handler;
    }
}
