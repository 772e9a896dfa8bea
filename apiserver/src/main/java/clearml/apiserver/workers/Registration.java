package clearml.apiserver.workers;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.security.AuthUser;
import clearml.apiserver.security.AuthUsers;
import clearml.apiserver.workers.WorkerEntries.Stored;
import clearml.config.ServerConfig;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Workers come and go. */
@Component
class Registration {

    private final WorkerEntries entries;
    private final WorkerQueues queues;
    private final AuthUsers users;
    private final boolean registersReporting;
    private final boolean unregistersUnknown;
    private final int defaultTimeout;

    Registration(WorkerEntries entries, WorkerQueues queues, AuthUsers users, ServerConfig config) {
        this.entries = entries;
        this.queues = queues;
        this.users = users;
        this.registersReporting = config.bool("apiserver.workers.auto_register");
        this.unregistersUnknown = config.bool("apiserver.workers.auto_unregister");
        this.defaultTimeout = config.integer("apiserver.workers.default_timeout");
    }

    /**
     * Registers a worker, anew if it is known; 400/301, 400/10, 400/701, 400/1002.
     *
     * @param timeout how long it is known after its last report, in s; null or 0 for the configured time
     */
    Stored register(
            String id,
            @Nullable Integer timeout,
            List<String> queueIds,
            List<String> tags,
            List<String> systemTags,
            Caller caller) {
        int seconds = timeout == null || timeout == 0 ? defaultTimeout : timeout;
        if (seconds <= 0) {
            throw ApiError.WORKER_REGISTRATION_FAILED
                    .of("invalid timeout")
                    .with("worker", id)
                    .with("timeout", timeout);
        }
        AuthUser user = users.byId(caller.user(), caller.company());
        if (user == null) {
            throw ApiError.INVALID_USER_ID.with("user", caller.user()).with("company", caller.company());
        }
        String company = users.companyName(caller.company());
        if (company == null) {
            throw ApiError.INVALID_ID.of("invalid company").with("company", caller.company());
        }
        requireQueues(queueIds, caller.company());
        Instant now = Instant.now();
        return entries.put(new Worker(
                WorkerEntries.key(caller.company(), caller.user(), id),
                id,
                new Named(user.id(), user.name()),
                new Named(caller.company(), company),
                caller.realIp(),
                null,
                null,
                null,
                queueIds,
                now,
                seconds,
                now,
                null,
                tags,
                systemTags));
    }

    private void requireQueues(List<String> ids, String company) {
        if (ids.isEmpty()) {
            return;
        }
        Set<String> missing = new LinkedHashSet<>(ids);
        missing.removeAll(queues.byId(ids, company).keySet());
        if (!missing.isEmpty()) {
            throw ApiError.INVALID_QUEUE_ID.with("ids", missing);
        }
    }

    /** Notes what tasks of the worker's queues may use. */
    void setResources(List<String> queueIds, Map<String, Double> resources, Caller caller) {
        if (!queueIds.isEmpty() && !resources.isEmpty()) {
            queues.setResources(queueIds, resources, caller.company());
        }
    }

    /** Who reports without being known is registered, where the configuration has it so; else 400/1001. Others may have changed what is answered. */
    Stored registered(String id, Caller caller) {
        String key = WorkerEntries.key(caller.company(), caller.user(), id);
        Stored found = registersReporting ? entries.lastKnown(key) : entries.find(key);
        if (found != null && found.worker() != null) {
            return found;
        }
        if (!registersReporting) {
            throw ApiError.INVALID_WORKER_ID.with("worker", id);
        }
        return register(id, null, List.of(), List.of(), List.of(), caller);
    }

    /** Forgets a worker; 400/1004 for an unknown one, where the configuration has it so. */
    void unregister(String id, Caller caller) {
        boolean known = entries.remove(WorkerEntries.key(caller.company(), caller.user(), id));
        if (!known && !unregistersUnknown) {
            throw ApiError.WORKER_NOT_REGISTERED.with("worker", id);
        }
    }
}
