package clearml.apiserver.startup;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.AuthSettings;
import clearml.config.FixedUser;
import clearml.config.ServerConfig;
import clearml.config.SystemCredential;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the users of the configuration: the system's own, and the fixed ones. */
@Component
class ConfiguredUsers {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredUsers.class);

    private final MongoCollection<Document> authUsers;
    private final MongoCollection<Document> backendUsers;
    private final MongoCollection<Document> companies;
    private final AuthSettings settings;
    private final String company;
    private final String version;

    ConfiguredUsers(MongoStores stores, ServerConfig config) {
        authUsers = stores.auth("user");
        backendUsers = stores.backend("user");
        companies = stores.backend("company");
        settings = config.auth();
        company = config.defaultCompany();
        version = config.build().version();
    }

    void create() {
        List<Identity> all = new ArrayList<>();
        for (SystemCredential credential : settings.systemCredentials()) {
            all.add(createSystemUser(credential));
        }
        if (settings.fixedUsers().enabled()) {
            settings.fixedUsers().users().forEach(user -> all.add(createFixedUser(user)));
        }
        if (settings.deleteMissingAutocreatedUsers()) {
            deleteOthers(all);
        }
    }

    private record Identity(String id, String email) {}

    private Identity createSystemUser(SystemCredential credential) {
        Identity user = new Identity("__" + credential.name() + "__", credential.name() + "@example.com");
        upsertAuthUser(
                user,
                Updates.set("role", credential.role()),
                Updates.set("credentials", credentials(credential)),
                Updates.setOnInsert("name", credential.name()),
                Updates.setOnInsert("company", company));
        if (credential.role().equals("user")) {
            insertBackendUser(user.id(), credential.displayName().orElse(credential.name()));
        }
        return user;
    }

    private List<Document> credentials(SystemCredential credential) {
        boolean revoked =
                credential.revokeInFixedMode() && settings.fixedUsers().enabled();
        return revoked || !credential.isUsable()
                ? List.of()
                : List.of(new Document("key", credential.key()).append("secret", credential.secret()));
    }

    private Identity createFixedUser(FixedUser user) {
        Identity identity = new Identity(user.id(), user.email());
        upsertAuthUser(
                identity,
                Updates.set("name", user.name()),
                // A role that was given to somebody lasts longer than until the next start.
                Updates.setOnInsert("role", user.role()),
                Updates.setOnInsert("company", user.company()),
                Updates.setOnInsert("credentials", List.of()));
        upsertBackendUser(user);
        if (user.guest()) {
            createGuestCompany(user.company());
        }
        return identity;
    }

    private void createGuestCompany(String id) {
        companies.updateOne(
                Filters.eq("_id", id),
                Updates.combine(
                        Updates.setOnInsert("name", "guests"),
                        Updates.setOnInsert("defaults", new Document("stats_option", new Document("enabled", false)))),
                new UpdateOptions().upsert(true));
    }

    /** An address that somebody else has is left out: that is no reason not to start. */
    private void upsertAuthUser(Identity user, Bson... fields) {
        Bson changes = Updates.combine(
                Updates.combine(fields), Updates.set("autocreated", true), Updates.setOnInsert("created", new Date()));
        try {
            upsertAuthUser(user.id(), Updates.combine(changes, Updates.set("email", user.email())));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            LOG.warn("The configured user {} has no e-mail address: another user has {}", user.id(), user.email());
            upsertAuthUser(user.id(), changes);
        }
    }

    private void upsertAuthUser(String id, Bson changes) {
        authUsers.updateOne(Filters.eq("_id", id), changes, new UpdateOptions().upsert(true));
    }

    /** A system user's only; it has no parts of a name. */
    private void insertBackendUser(String id, String name) {
        backendUsers.updateOne(
                Filters.eq("_id", id), Updates.combine(onInsert(name, company)), new UpdateOptions().upsert(true));
    }

    /** Later starts refresh the name; everything else stays. */
    private void upsertBackendUser(FixedUser user) {
        String[] parts = user.name().strip().split("\\s+", 2);
        List<Bson> changes = new ArrayList<>(onInsert(null, user.company()));
        changes.add(Updates.set("name", user.name()));
        changes.add(Updates.set("given_name", parts[0]));
        changes.add(parts.length > 1 ? Updates.set("family_name", parts[1]) : Updates.unset("family_name"));
        changes.add(Updates.setOnInsert("created_in_version", version));
        backendUsers.updateOne(
                Filters.eq("_id", user.id()), Updates.combine(changes), new UpdateOptions().upsert(true));
    }

    private static List<Bson> onInsert(@Nullable String name, String ofCompany) {
        List<Bson> fields = new ArrayList<>(List.of(
                Updates.setOnInsert("company", ofCompany),
                Updates.setOnInsert("preferences", ""),
                Updates.setOnInsert("created", new Date())));
        if (name != null) {
            fields.add(Updates.setOnInsert("name", name));
        }
        return fields;
    }

    private void deleteOthers(List<Identity> configured) {
        long deleted = authUsers
                .deleteMany(Filters.and(
                        Filters.eq("company", company),
                        Filters.eq("autocreated", true),
                        Filters.nin(
                                "email",
                                configured.stream().map(Identity::email).toList()),
                        Filters.nin("_id", configured.stream().map(Identity::id).toList())))
                .getDeletedCount();
        if (deleted > 0) {
            LOG.info("Deleted {} users that the configuration does not name any more", deleted);
        }
    }
}
