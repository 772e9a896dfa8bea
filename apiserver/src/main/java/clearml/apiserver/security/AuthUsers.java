package clearml.apiserver.security;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Date;
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

    /** The name of a company, null when there is no such company. */
    @Nullable
    String companyName(String id) {
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
