package clearml.apiserver.auth;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's key pairs. */
@ApiController
class CredentialsApi {

    private final Credentials credentials;

    CredentialsApi(Credentials credentials) {
        this.credentials = credentials;
    }

    record CreateRequest(@Nullable String label) {}

    record EditRequest(
            @Field(required = true) String accessKey,
            @Nullable String label) {}

    record RevokeRequest(@Field(required = true) String accessKey) {}

    record Created(KeyPair credentials) {}

    /** The only time that a secret is shown. */
    record KeyPair(
            String accessKey, String secretKey, @Nullable String label) {}

    record Listed(List<Key> credentials) {}

    record Key(
            String accessKey,
            @Nullable String label,
            @Nullable LocalDateTime lastUsed,
            @Nullable String lastUsedFrom) {}

    record Updated(int updated) {}

    record Revoked(int revoked) {}

    /** A new pair. */
    @ApiCall("auth.create_credentials")
    Created create(CreateRequest request, Caller caller) {
        return new Created(credentials.create(caller, request.label()));
    }

    /** The pairs in the order they were made, without secrets. */
    @ApiCall("auth.get_credentials")
    Listed list(Caller caller) {
        return new Listed(credentials.list(caller));
    }

    /** Sets or removes the label of a pair. */
    @ApiCall("auth.edit_credentials")
    Updated edit(EditRequest request, Caller caller) {
        credentials.label(caller, request.accessKey(), request.label());
        return new Updated(1);
    }

    /** Removes a pair; tokens that were made with it stay valid. */
    @ApiCall("auth.revoke_credentials")
    Revoked revoke(RevokeRequest request, Caller caller) {
        credentials.revoke(caller, request.accessKey());
        return new Revoked(1);
    }
}
