package clearml.apiserver.auth;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import clearml.config.SystemCredential;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Key pairs: the array {@code credentials} of users in the collection {@code auth.user}. */
@Component
final class Credentials {

    private static final String KEY_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int KEY_LENGTH = 30;
    private static final int SECRET_BYTES = 50;
    private static final String FIELD = "credentials";

    private final MongoCollection<Document> users;
    private final Set<String> protectedNames;
    private final SecureRandom random = new SecureRandom();

    Credentials(MongoStores stores, ServerConfig config) {
        users = stores.auth("user");
        protectedNames = config.auth().systemCredentials().stream()
                .map(SystemCredential::name)
                .collect(Collectors.toSet());
    }

    CredentialsApi.KeyPair create(Caller caller, @Nullable String label) {
        refuseProtected(caller);
        var pair = new CredentialsApi.KeyPair(newKey(), newSecret(), label);
        Document stored = new Document("key", pair.accessKey()).append("secret", pair.secretKey());
        if (label != null) {
            stored.append("label", label);
        }
        if (users.updateOne(user(caller), Updates.push(FIELD, stored)).getMatchedCount() == 0) {
            throw ApiError.INVALID_USER_ID.with("id", caller.user()).with("company", caller.company());
        }
        return pair;
    }

    List<CredentialsApi.Key> list(Caller caller) {
        Document user =
                users.find(user(caller)).projection(Projections.include(FIELD)).first();
        if (user == null) {
            throw ApiError.INVALID_USER_ID.with("id", caller.user()).with("company", caller.company());
        }
        return user.getList(FIELD, Document.class, List.of()).stream()
                .map(Credentials::listed)
                .toList();
    }

    private static CredentialsApi.Key listed(Document pair) {
        Date used = pair.getDate("last_used");
        return new CredentialsApi.Key(
                pair.getString("key"),
                pair.getString("label"),
                used == null ? null : LocalDateTime.ofInstant(used.toInstant(), ZoneOffset.UTC),
                pair.getString("last_used_from"));
    }

    /** @param label null removes it; stored as null then, as the reference does */
    void label(Caller caller, String key, @Nullable String label) {
        if (users.updateOne(withKey(caller, key), Updates.set("credentials.$.label", label))
                        .getMatchedCount()
                == 0) {
            throw ApiError.INVALID_ACCESS_KEY
                    .of("invalid user or invalid access key")
                    .with("user", caller.user())
                    .with("access_key", key)
                    .with("company", caller.company());
        }
    }

    void revoke(Caller caller, String key) {
        refuseProtected(caller);
        Bson removal = Updates.pull(FIELD, new Document("key", key));
        if (users.updateOne(withKey(caller, key), removal).getMatchedCount() == 0) {
            throw unknownKey(caller, key);
        }
    }

    private static ApiException unknownKey(Caller caller, String key) {
        return ApiError.INVALID_USER
                .of("invalid user or invalid access key")
                .with("id", caller.user())
                .with("company", caller.company())
                .with("credentials__key", key);
    }

    private static Bson user(Caller caller) {
        return Filters.and(Filters.eq("_id", caller.user()), Filters.eq("company", caller.company()));
    }

    private static Bson withKey(Caller caller, String key) {
        return Filters.and(user(caller), Filters.eq("credentials.key", key));
    }

    /** The pairs of the configuration would come back at the next start. */
    private void refuseProtected(Caller caller) {
        String name = caller.user().replaceAll("^_+|_+$", "");
        if (protectedNames.contains(name)) {
            throw ApiError.INVALID_USER_ID.of("protected identity");
        }
    }

    private String newKey() {
        return random.ints(KEY_LENGTH, 0, KEY_ALPHABET.length())
                .mapToObj(index -> String.valueOf(KEY_ALPHABET.charAt(index)))
                .collect(Collectors.joining());
    }

    /** Does not begin like an option of a command line. */
    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        String secret;
        do {
            random.nextBytes(bytes);
            secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } while (secret.startsWith("-") || secret.startsWith("_"));
        return secret;
    }
}
