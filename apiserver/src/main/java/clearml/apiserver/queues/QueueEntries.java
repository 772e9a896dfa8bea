package clearml.apiserver.queues;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tasks in the queues of a company; a task is at most once in a queue. Each change is one conditional update. */
@Component
public class QueueEntries {

    private static final int SHORTEST_NAME = 3;
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> queues;
    private final QueueMetrics metrics;
    private final QueueArrivals arrivals;
    private final PulledTasks pulled;
    private final UnsettledTasks unsettled;

    QueueEntries(
            MongoStores stores,
            QueueMetrics metrics,
            QueueArrivals arrivals,
            PulledTasks pulled,
            UnsettledTasks unsettled) {
        queues = stores.backend("queue");
        this.metrics = metrics;
        this.arrivals = arrivals;
        this.pulled = pulled;
        this.unsettled = unsettled;
    }

    /** The id of the queue with the system tag {@code default}: 400/707 when there is none, 400/708 for several. */
    public String defaultQueue(String company) {
        List<Document> found = queues.find(
                        Filters.and(Filters.eq("company", company), Filters.eq("system_tags", "default")))
                .projection(Projections.include("_id"))
                .limit(2)
                .into(new ArrayList<>());
        if (found.isEmpty()) {
            throw ApiError.NO_DEFAULT_QUEUE.of();
        }
        if (found.size() > 1) {
            throw ApiError.MULTIPLE_DEFAULT_QUEUES.of();
        }
        return found.get(0).getString("_id");
    }

    /** The id of the queue of exactly that name, made if it is missing. 400/800 for a name that is too short. */
    public String findOrCreate(String name, String company) {
        String found = byName(name, company);
        if (found != null) {
            return found;
        }
        if (PythonText.length(name.strip()) < SHORTEST_NAME) {
            throw ApiError.DATA_VALIDATION_ERROR.with("name", "String value is too short");
        }
        Date now = new Date();
        Document queue = new Document("_id", Call.newId())
                .append("name", name.strip())
                .append("company", company)
                .append("created", now)
                .append("tags", List.of())
                .append("system_tags", List.of())
                .append("entries", List.of())
                .append("last_update", now)
                .append("metadata", new Document());
        try {
            queues.insertOne(queue);
            return queue.getString("_id");
        } catch (MongoWriteException e) {
            String other = e.getCode() == DUPLICATE_KEY ? byName(name.strip(), company) : null;
            if (other == null) {
                throw e;
            }
            return other;
        }
    }

    private @Nullable String byName(String name, String company) {
        Document found = queues.find(Filters.and(Filters.eq("name", name), Filters.eq("company", company)))
                .projection(Projections.include("_id"))
                .first();
        return found == null ? null : found.getString("_id");
    }

    /** 400/701 for an unknown queue, 400/706 when the task is in it. */
    private void requireRoomFor(String task, String queue, String company) {
        Document found = queues.find(own(queue, company))
                .projection(Projections.elemMatch("entries", Filters.eq("task", task)))
                .first();
        if (found == null) {
            throw unknown(queue, company);
        }
        if (found.get("entries") instanceof List<?> entries && !entries.isEmpty()) {
            throw alreadyQueued(task);
        }
    }

    /** Whether a task is in a queue. */
    public boolean isIn(String task, String queue, String company) {
        return queues.countDocuments(Filters.and(own(queue, company), Filters.eq("entries.task", task))) > 0;
    }

    /**
     * Whether a task is in a queue of the company, or has come into one since then and was pulled by a worker that has not
     * started it.
     */
    public boolean isKnown(String task, String company, Date since) {
        return pulled.isKnown(task, company, since);
    }

    /**
     * Notes that a task comes into a queue, before anything else is written about that; {@link #enter} or {@link #settled}
     * is to follow. 400/701 for an unknown queue, 400/706 when the task is in it.
     */
    public Unsettled announce(Unsettled coming) {
        if (!unsettled.announce(coming)) {
            requireRoomFor(coming.task(), coming.queue(), coming.company());
            throw alreadyQueued(coming.task());
        }
        return coming;
    }

    /** A noted task comes to the end of its queue; false when it is not noted any more. 400/701 when that is gone. */
    public boolean enter(Unsettled coming) {
        boolean entered = unsettled.enter(coming);
        if (entered) {
            metrics.changed(coming.queue(), coming.company(), null);
            arrivals.arrived(coming.queue());
        } else if (queues.countDocuments(own(coming.queue(), coming.company())) == 0) {
            throw unknown(coming.queue(), coming.company());
        }
        return entered;
    }

    /**
     * Takes a task out of a queue, before its status changes; {@link #settled} is to follow. Nothing when it is not in
     * there.
     */
    public List<Unsettled> takeOut(String task, String queue, String company) {
        return measured(unsettled.takeOut(task, own(queue, company), true));
    }

    /** The same for all queues of a company. */
    public List<Unsettled> takeOutOfAll(String task, String company) {
        return measured(unsettled.takeOut(task, Filters.eq("company", company), true));
    }

    /** Takes a task out of all queues but the one that it comes into, whose note is enough. */
    public List<Unsettled> removeFromOthers(Unsettled coming) {
        Bson others = Filters.and(Filters.eq("company", coming.company()), Filters.ne("_id", coming.queue()));
        return measured(unsettled.takeOut(coming.task(), others, false));
    }

    private List<Unsettled> measured(List<Unsettled> taken) {
        taken.forEach(left -> metrics.changed(left.queue(), left.company(), null));
        return taken;
    }

    /** The status of a task fits its place. */
    public void settled(Unsettled task) {
        unsettled.settled(List.of(task));
    }

    /**
     * A task has been started, so that nobody else may get it.
     *
     * @param known those that had got it, as the task knows; whoever got it after it was asked is still to be noted there
     */
    public void started(String task, String company, Collection<Document> known) {
        pulled.started(task, company, known);
    }

    /** The workers that have got a task and not yet started it, see {@link #worker}. */
    public List<Document> pulledBy(String task, String company) {
        return pulled.by(task, company);
    }

    /** As whom a worker gets tasks: {@code {"worker", "user", "ip"}}; the same for all workers on a machine. */
    public static Document worker(Caller caller) {
        return new Document("worker", caller.worker())
                .append("user", caller.user())
                .append("ip", caller.realIp());
    }

    /** How many entries were removed from a queue. 400/703 when the queue or the task in it is unknown. */
    public int remove(String task, String queue, String company) {
        Bson entry = Filters.and(own(queue, company), Filters.eq("entries.task", task));
        if (queues.updateOne(entry, pull(task)).getMatchedCount() == 0) {
            throw notQueued(task, queue);
        }
        metrics.changed(queue, company, null);
        return 1;
    }

    /** Removes a task from all queues of a company. */
    public void removeFromAll(String task, String company) {
        queues.updateMany(Filters.and(Filters.eq("company", company), Filters.eq("entries.task", task)), pull(task));
    }

    /** Removes tasks from all queues of a company. */
    public void removeFromAll(Collection<String> tasks, String company) {
        queues.updateMany(
                Filters.and(Filters.eq("company", company), Filters.in("entries.task", tasks)),
                Updates.combine(
                        Updates.pull("entries", Filters.in("task", tasks)), Updates.set("last_update", new Date())));
    }

    private static Bson pull(String task) {
        return Updates.combine(
                Updates.pull("entries", new Document("task", task)),
                Updates.pull(UnsettledTasks.UNSETTLED, new Document("task", task)),
                Updates.set("last_update", new Date()));
    }

    private static Bson own(String queue, String company) {
        return Filters.and(Filters.eq("_id", queue), Filters.eq("company", company));
    }

    private static ApiException unknown(String queue, String company) {
        return ApiError.INVALID_QUEUE_ID.with("queue", queue).with("company", company);
    }

    static ApiException notQueued(String task, String queue) {
        return ApiError.INVALID_QUEUE_OR_TASK_NOT_QUEUED.with("task", task).with("queue", queue);
    }

    private static ApiException alreadyQueued(String task) {
        return ApiError.TASK_ALREADY_QUEUED.with("task", task);
    }
}
