package clearml.apiserver.security;

import clearml.apiserver.call.Role;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Users with their credentials: the collection {@code auth.user}. */
@Component
public class AuthUsers {

    private final MongoCollection<Document> users;
    private final MongoCollection<Document> companies;

    AuthUsers(MongoStores stores) {
        users = stores.auth("user");
        companies = stores.backend("company");
    }

    public @Nullable AuthUser byId(String id) {
        return one(Filters.eq("_id", id));
    }

    /** The user of that id inside a company, null for another company's. */
    public @Nullable AuthUser byId(String id, String company) {
        return one(Filters.and(Filters.eq("_id", id), Filters.eq("company", company)));
    }

    /** The owner of a key pair; its last use is noted in the same step. */
    @Nullable
    AuthUser byCredentials(String key, String secret, String usedFrom) {
        Bson pair = Filters.elemMatch("credentials", Filters.and(Filters.eq("key", key), Filters.eq("secret", secret)));
        Document found = users.findOneAndUpdate(
                pair,
                Updates.combine(
                        Updates.set("credentials.$.last_used", new Date()),
                        Updates.set("credentials.$.last_used_from", usedFrom)));
        return found == null ? null : AuthUser.of(found);
    }

    /** Adds a person without credentials; 400/801 when the address is somebody's already. */
    public void insert(String id, String name, String company, Role role, String email) {
        users.insertOne(new Document("_id", id)
                .append("name", name)
                .append("created", new Date())
                .append("role", role.toString())
                .append("company", company)
                .append("credentials", List.of())
                .append("email", email)
                .append("autocreated", false));
    }

    public void delete(String id) {
        users.deleteOne(Filters.eq("_id", id));
    }

    /** How many users were found: 0 or 1. */
    public int setRole(String id, String company, String role) {
        return set(id, company, "role", role);
    }

    /** How many users were found: 0 or 1. */
    public int setName(String id, String company, String name) {
        return set(id, company, "name", name);
    }

    private int set(String id, String company, String field, String value) {
        Bson user = Filters.and(Filters.eq("_id", id), Filters.eq("company", company));
        return (int) users.updateOne(user, Updates.set(field, value)).getMatchedCount();
    }

    /** The name of a company, null when there is no such company. */
    public @Nullable String companyName(String id) {
        Document company = companies.find(Filters.eq("_id", id)).first();
        if (company == null) {
            return null;
        }
        String name = company.getString("name");
        return name == null ? "" : name;
    }

    private @Nullable AuthUser one(Bson condition) {
        Document found = users.find(condition).first();
        return found == null ? null : AuthUser.of(found);
    }
}
