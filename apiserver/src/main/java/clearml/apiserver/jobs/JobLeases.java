package clearml.apiserver.jobs;

import clearml.apiserver.call.Call;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Who runs which job: the collection {@code x_job}, one document a job. The holder counts {@code beat} up; who sees the
 * same beat for the whole time of a lease takes the job over. So the clocks of the servers need not agree.
 */
@Component
class JobLeases {

    private final MongoCollection<Document> leases;
    private final Duration time;
    private final LongSupplier nanos;
    private final String server = Call.newId();
    private final Map<String, Long> renewed = new ConcurrentHashMap<>();
    private final Map<String, Seen> others = new HashMap<>();

    /** A lease of another server, and since when (ns) it has looked like this. */
    private record Seen(@Nullable Object holder, @Nullable Object beat, long since) {}

    @Autowired
    JobLeases(MongoStores stores, ServerConfig config) {
        this(stores, config.duration("services.jobs.lease_sec"), System::nanoTime);
    }

    /** @param nanos a clock that only ever goes forward */
    JobLeases(MongoStores stores, Duration time, LongSupplier nanos) {
        this.leases = stores.backend("x_job");
        this.time = time;
        this.nanos = nanos;
    }

    /** How long a holder is waited for that gives no sign of life. */
    Duration time() {
        return time;
    }

    /** Renews what this server holds, and takes what is free or left. */
    void renew(Collection<String> jobs) {
        Map<String, Document> stored = new HashMap<>();
        leases.find(Filters.in("_id", jobs)).forEach(lease -> stored.put(lease.getString("_id"), lease));
        for (String job : jobs) {
            long now = nanos.getAsLong();
            if (isGot(job, stored.get(job), now)) {
                renewed.put(job, now);
                others.remove(job);
            } else {
                renewed.remove(job);
            }
        }
    }

    private boolean isGot(String job, @Nullable Document lease, long now) {
        if (lease == null) {
            return isInserted(job);
        }
        Object holder = lease.get("holder");
        Object beat = lease.get("beat");
        boolean mayTake = holder == null || holder.equals(server) || isLeft(job, new Seen(holder, beat, now));
        Bson unchanged = Filters.and(Filters.eq("_id", job), Filters.eq("holder", holder), Filters.eq("beat", beat));
        return mayTake
                && leases.updateOne(unchanged, Updates.combine(Updates.set("holder", server), Updates.inc("beat", 1L)))
                                .getMatchedCount()
                        > 0;
    }

    private boolean isInserted(String job) {
        try {
            leases.insertOne(new Document("_id", job).append("holder", server).append("beat", 0L));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private boolean isLeft(String job, Seen now) {
        Seen before = others.get(job);
        if (before == null
                || !Objects.equals(before.holder(), now.holder())
                || !Objects.equals(before.beat(), now.beat())) {
            others.put(job, now);
            return false;
        }
        return now.since() - before.since() > time.toNanos();
    }

    /** Whether no other server can have taken the job by now. */
    boolean isHeld(String job) {
        Long last = renewed.get(job);
        return last != null && nanos.getAsLong() - last < time.toNanos();
    }

    /** Leaves what became of a run with the lease, for whoever looks. */
    void note(String job, Document run) {
        leases.updateOne(Filters.and(Filters.eq("_id", job), Filters.eq("holder", server)), Updates.set("last", run));
    }

    /** Gives everything back, so that others need not wait. */
    void release() {
        renewed.clear();
        try {
            leases.updateMany(Filters.eq("holder", server), Updates.unset("holder"));
        } catch (MongoException e) {
            // Then others wait.
            return;
        }
    }
}
