package clearml.acceptance;

import java.util.Map;
import java.util.UUID;

/** A user made for one test, so that tests do not meet in the one of the installation. */
record TestUser(String id, String name, String email) {

    static TestUser create() {
        return create("user");
    }

    static TestUser create(String role) {
        var name = "acceptance " + UUID.randomUUID();
        var email = UUID.randomUUID() + "@example.com";
        var answer = Api.system()
                .call(
                        "auth.create_user",
                        Map.of("name", name, "email", email, "company", ShippedDefaults.COMPANY, "role", role))
                .ok();
        return new TestUser(answer.data().path("id").asString(), name, email);
    }

    /** The API with a token of this user. */
    Api api() {
        return Api.anonymous().bearer(token());
    }

    String token() {
        return Api.system()
                .call("auth.get_token_for_user", Map.of("user", id))
                .ok()
                .data()
                .path("token")
                .asString();
    }

    /** A new key and secret of this user. */
    Credentials credentials() {
        var made = api().call("auth.create_credentials").ok().data().path("credentials");
        return new Credentials(
                made.path("access_key").asString(), made.path("secret_key").asString());
    }
}
