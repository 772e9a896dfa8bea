package clearml.apiserver.tasks;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The collection {@code backend.task}. Every change is one conditional update. */
@Component
class TaskStore {

    private static final String PUBLIC = "";
    private static final int IDS_AT_ONCE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(TaskStore.class);

    private final MongoCollection<Document> tasks;
    private final MongoCollection<Document> trash;

    TaskStore(MongoStores stores) {
        tasks = stores.backend("task");
        trash = stores.backend("task__trash");
    }

    void insert(Document task) {
        tasks.insertOne(task);
    }

    /** The members of one task, whosever it is. */
    Optional<Document> find(String id, String... members) {
        return Optional.ofNullable(
                tasks.find(Filters.eq("_id", id)).projection(include(members)).first());
    }

    /** The members of a task of the company or a public one. */
    Optional<Document> visible(String id, String company, String... members) {
        return Optional.ofNullable(tasks.find(Filters.and(Filters.eq("_id", id), ownOrPublic(company)))
                .projection(include(members))
                .first());
    }

    /** A task that the caller may change. 400/101 when there is none, 403/21 when it is public. */
    Document forWriting(String id, String company, String... members) {
        Document task = visible(id, company, withCompany(members)).orElseThrow(() -> unknown(id, company));
        if (isPublic(task)) {
            throw publicTasks(List.of(id));
        }
        return task;
    }

    /** Tasks that the caller may change, all of them or none: 403/21 when one is public, 400/101 when one is missing. */
    List<Document> allForWriting(Collection<String> ids, String company, String... members) {
        List<Document> found = allVisible(ids, company, withCompany(members));
        List<String> publicIds =
                found.stream().filter(TaskStore::isPublic).map(TaskStore::id).toList();
        if (!publicIds.isEmpty()) {
            throw publicTasks(publicIds);
        }
        requireAll(ids, found);
        return found;
    }

    /** Tasks of the company and public ones, in no particular order; unknown ids are left out. */
    List<Document> allVisible(Collection<String> ids, String company, String... members) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(ids));
        List<Document> found = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += IDS_AT_ONCE) {
            List<String> some = distinct.subList(from, Math.min(distinct.size(), from + IDS_AT_ONCE));
            tasks.find(Filters.and(Filters.in("_id", some), ownOrPublic(company)))
                    .projection(include(members))
                    .into(found);
        }
        return found;
    }

    /** Those of some tasks that have children. */
    Set<String> parentsAmong(Collection<String> ids) {
        Set<String> parents = new LinkedHashSet<>();
        List<String> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE));
            tasks.distinct("parent", Filters.in("parent", some), String.class).into(parents);
        }
        return parents;
    }

    static void requireAll(Collection<String> ids, List<Document> found) {
        Set<String> missing = new LinkedHashSet<>(ids);
        found.forEach(task -> missing.remove(id(task)));
        if (!missing.isEmpty()) {
            throw ApiError.INVALID_TASK_ID.with("ids", missing);
        }
    }

    List<Document> list(Bson condition, String... members) {
        return tasks.find(condition).projection(include(members)).into(new ArrayList<>());
    }

    boolean exists(Bson condition) {
        return tasks.find(condition).projection(Projections.include("_id")).first() != null;
    }

    long count(Bson condition) {
        return tasks.countDocuments(condition);
    }

    /** How many tasks matched. */
    long update(Bson condition, Bson change) {
        return tasks.updateOne(condition, change).getMatchedCount();
    }

    long updateMany(Bson condition, Bson change) {
        return tasks.updateMany(condition, change).getMatchedCount();
    }

    /** Changes one task and answers the given members of it afterwards; null when none matched. */
    @Nullable
    Document updateAndGet(Bson condition, Bson change, String... members) {
        return updateAndGet(condition, change, ReturnDocument.AFTER, members);
    }

    /** Changes one task and answers the given members of it as they were before; null when none matched. */
    @Nullable
    Document updateAndGetBefore(Bson condition, Bson change, String... members) {
        return updateAndGet(condition, change, ReturnDocument.BEFORE, members);
    }

    private @Nullable Document updateAndGet(Bson condition, Bson change, ReturnDocument which, String... members) {
        return tasks.findOneAndUpdate(
                condition,
                change,
                new FindOneAndUpdateOptions().returnDocument(which).projection(include(members)));
    }

    /** Keeps a copy of a task that is about to be deleted; a failure is only logged. */
    void copyToTrash(String id) {
        try {
            Document task = tasks.find(Filters.eq("_id", id)).first();
            if (task != null) {
                task.put("last_update", new Date());
                trash.replaceOne(Filters.eq("_id", id), task, new ReplaceOptions().upsert(true));
            }
        } catch (MongoException e) {
            LOG.error("Task {} is deleted without a copy in the trash", id, e);
        }
    }

    void deleteAll(Collection<String> ids) {
        tasks.deleteMany(Filters.in("_id", ids));
    }

    boolean delete(String id) {
        return tasks.deleteOne(Filters.eq("_id", id)).getDeletedCount() > 0;
    }

    /** The distinct types of visible tasks, in some projects or (none given) in all. */
    List<String> types(Collection<String> projects, String company) {
        Bson condition = projects.isEmpty()
                ? ownOrPublic(company)
                : Filters.and(ownOrPublic(company), Filters.in("project", projects));
        return tasks.distinct("type", condition, String.class).into(new ArrayList<>());
    }

    static Bson ownOrPublic(String company) {
        return Filters.in("company", company, PUBLIC);
    }

    static String id(Document task) {
        return String.valueOf(task.get("_id"));
    }

    static boolean isPublic(Document task) {
        Object company = task.get("company");
        return company == null || PUBLIC.equals(company);
    }

    static ApiException unknown(String id, String company) {
        return ApiError.INVALID_TASK_ID.with("id", id).with("company", company);
    }

    /** 403/21 with the ids as the reference, a Python program, writes a tuple. */
    private static ApiException publicTasks(List<String> ids) {
        String tuple = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        String comma = ids.size() == 1 ? "," : "";
        return ApiError.NO_WRITE_PERMISSION.of("cannot modify public task(s), ids=(" + tuple + comma + ")");
    }

    private static String[] withCompany(String[] members) {
        String[] more = new String[members.length + 1];
        System.arraycopy(members, 0, more, 0, members.length);
        more[members.length] = "company";
        return more;
    }

    private static @Nullable Bson include(String... members) {
        return members.length == 0 ? null : Projections.include(members);
    }
}
