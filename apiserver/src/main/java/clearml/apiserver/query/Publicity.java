package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.store.mongo.MongoStores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/** Public documents: everybody reads them (their {@code company} is empty), nobody changes them. */
public final class Publicity {

    private final MongoStores stores;

    public Publicity(MongoStores stores) {
        this.stores = stores;
    }

    /**
     * Checks that documents are there and the company's own.
     *
     * @param missing the error for ids that are neither the company's nor public, given as its {@code ids}
     * @throws ApiException 403/21 if any of them is public
     */
    public void checkWritable(EntityModel model, Collection<String> ids, String company, ApiError missing) {
        Set<String> found = new LinkedHashSet<>();
        List<String> open = new ArrayList<>();
        for (Document document : find(model, ids, Scope.ownAndPublic(company).of(model))) {
            found.add(document.getString("_id"));
            if ("".equals(document.get("company"))) {
                open.add(document.getString("_id"));
            }
        }
        if (!open.isEmpty()) {
            throw publicOnes(model, open);
        }
        checkFound(ids, found, missing);
    }

    /** The error for changing public documents. */
    public static ApiException publicOnes(EntityModel model, Collection<String> ids) {
        String tuple = ids.stream().map(PythonText::repr).collect(Collectors.joining(", "));
        return ApiError.NO_WRITE_PERMISSION.of("cannot modify public "
                + model.name().toLowerCase(Locale.ROOT) + "(s), ids=(" + tuple
                + (ids.size() == 1 ? ",)" : ")"));
    }

    /** Makes documents of the company public; all or, if any id is not its own, none. Returns their number. */
    public long open(EntityModel model, Collection<String> ids, String company, String user, ApiError missing) {
        List<Document> own = List.of(new Document("company", company));
        Document change = new Document("company", "").append("company_origin", company);
        return change(model, ids, own, new Document("$set", touched(model, change, user)), missing);
    }

    /** Takes documents back that the company has made public; all or none. Returns their number. */
    public long close(EntityModel model, Collection<String> ids, String company, String user, ApiError missing) {
        List<Document> opened = List.of(new Document("company", "").append("company_origin", company));
        Document change = new Document("$set", touched(model, new Document("company", company), user))
                .append("$unset", new Document("company_origin", ""));
        return change(model, ids, opened, change, missing);
    }

    private long change(
            EntityModel model, Collection<String> ids, List<Document> owned, Document change, ApiError missing) {
        Set<String> found = new LinkedHashSet<>();
        find(model, ids, owned).forEach(document -> found.add(document.getString("_id")));
        checkFound(ids, found, missing);
        Document condition = condition(ids, owned);
        return stores.backend(model.collection()).updateMany(condition, change).getMatchedCount();
    }

    private List<Document> find(EntityModel model, Collection<String> ids, List<Document> owned) {
        Document condition = condition(ids, owned);
        return stores.backend(model.collection())
                .find(condition)
                .projection(new Document("company", 1))
                .into(new ArrayList<>());
    }

    private static Document condition(Collection<String> ids, List<Document> owned) {
        List<Document> all = new ArrayList<>(owned);
        all.add(new Document("_id", new Document("$in", List.copyOf(ids))));
        return Clauses.all(all);
    }

    private static void checkFound(Collection<String> ids, Set<String> found, ApiError missing) {
        Set<String> lost = new LinkedHashSet<>(ids);
        lost.removeAll(found);
        if (!lost.isEmpty()) {
            throw missing.with("ids", lost);
        }
    }

    /** Entities that tell when they were changed, and by whom, do so here too. */
    private static Document touched(EntityModel model, Document change, String user) {
        return model.fields().names().contains("last_change")
                ? change.append("last_change", new Date()).append("last_changed_by", user)
                : change;
    }
}
