package clearml.apiserver.users;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People as the web UI shows them: the collection {@code backend.user}. */
@Component
public class BackendUsers {

    private static final String PREFERENCES = "preferences";

    private final MongoCollection<Document> users;

    BackendUsers(MongoStores stores) {
        users = stores.backend("user");
    }

    /** Adds a person; MongoDB's duplicate key error when the id is there. */
    public void insert(BackendUser user) {
        Document document =
                new Document("_id", user.id()).append("company", user.company()).append("name", user.name());
        putUnlessNull(document, "family_name", user.familyName());
        putUnlessNull(document, "given_name", user.givenName());
        putUnlessNull(document, "avatar", user.avatar());
        users.insertOne(document.append(PREFERENCES, "")
                .append("created_in_version", user.createdInVersion())
                .append("created", new Date()));
    }

    private static void putUnlessNull(Document document, String name, @Nullable String value) {
        if (value != null) {
            document.append(name, value);
        }
    }

    /** The company of a person, null when there is no such person. */
    @Nullable
    String companyOf(String id) {
        Document found = users.find(Filters.eq("_id", id))
                .projection(Projections.include("company"))
                .first();
        return found == null ? null : found.getString("company");
    }

    boolean delete(String id) {
        return users.deleteOne(Filters.eq("_id", id)).getDeletedCount() > 0;
    }

    /** How many people were found: 0 or 1. */
    int set(String id, String company, Map<String, ? extends @Nullable Object> fields) {
        List<Bson> changes = fields.entrySet().stream()
                .map(field -> Updates.set(field.getKey(), field.getValue()))
                .toList();
        Bson user = user(id, company);
        return (int)
                (changes.isEmpty()
                        ? users.countDocuments(user)
                        : users.updateOne(user, Updates.combine(changes)).getMatchedCount());
    }

    /** What is stored as preferences: JSON text, an object in old documents, null; null also without the person. */
    @Nullable
    Stored preferences(String id, String company) {
        Document found = users.find(user(id, company))
                .projection(Projections.include(PREFERENCES))
                .first();
        return found == null ? null : new Stored(found.get(PREFERENCES));
    }

    /** A value as it is stored. */
    record Stored(@Nullable Object value) {}

    /** Replaces preferences unless somebody else did meanwhile; false then. */
    boolean replacePreferences(String id, String company, @Nullable Object expected, String text) {
        Bson unchanged = Filters.and(user(id, company), Filters.eq(PREFERENCES, expected));
        return users.updateOne(unchanged, Updates.set(PREFERENCES, text)).getMatchedCount() > 0;
    }

    private static Bson user(String id, String company) {
        return Filters.and(Filters.eq("_id", id), Filters.eq("company", company));
    }
}
