package clearml.apiserver.startup;

import clearml.apiserver.call.Call;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code versions}: which migrations a database has behind it. The reference runs those that are missing, so
 * a database made here carries all of them.
 */
@Component
class DatabaseVersion {

    private static final List<String> MIGRATIONS = List.of(
            "0.12.1", "0.13.0", "0.14.0", "0.15.0", "0.16.0", "0.16.1", "0.16.2", "0.17.0", "1.0.0", "1.0.2", "1.3.0",
            "1.6.0", "1.7.0", "1.9.0");

    private final MongoStores stores;

    DatabaseVersion(MongoStores stores) {
        this.stores = stores;
    }

    /** No server has ever initialised the databases. */
    boolean isEmpty() {
        Set<String> names = new HashSet<>();
        stores.backend().listCollectionNames().forEach(names::add);
        stores.auth().listCollectionNames().forEach(names::add);
        return List.of("company", "user", "versions").stream()
                .noneMatch(name -> names.contains(name) && holdsSomething(name));
    }

    /** Indexes make a collection exist before anything is in it. */
    private boolean holdsSomething(String collection) {
        return stores.backend(collection).find().first() != null
                || stores.auth(collection).find().first() != null;
    }

    /** Writes all rows into an empty database, or checks that another one has them. */
    void bringUpToDate(boolean empty) {
        MongoCollection<Document> versions = stores.backend("versions");
        if (empty) {
            MIGRATIONS.forEach(number -> versions.insertOne(row(number)));
            return;
        }
        String last = last(versions);
        String newest = MIGRATIONS.get(MIGRATIONS.size() - 1);
        if (compare(last, newest) < 0) {
            throw new OldDatabaseException(last, newest);
        }
    }

    private static Document row(String number) {
        return new Document("_id", Call.newId())
                .append("num", number)
                .append("created", new Date())
                .append("desc", "Applied on server startup");
    }

    private static String last(MongoCollection<Document> versions) {
        String last = "0.0.0";
        for (Document row : versions.find()) {
            String number = row.getString("num");
            if (number != null && compare(number, last) > 0) {
                last = number;
            }
        }
        return last;
    }

    static int compare(String one, String other) {
        return Arrays.compare(parts(one), parts(other));
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /** A database that the reference must bring up to date first: its old migrations are not repeated here. */
    static final class OldDatabaseException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OldDatabaseException(String version, String needed) {
            super("The database was last used by a server of version " + version
                    + ". Start the reference server (1.17 or newer) on it once, so that it has " + needed + ".");
        }
    }
}
