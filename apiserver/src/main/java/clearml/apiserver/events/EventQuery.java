package clearml.apiserver.events;

import clearml.apiserver.store.elastic.Queries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which events, as conditions that all must hold. */
final class EventQuery {

    /** The iteration of single values. */
    static final long SINGLE_VALUE = Integer.MIN_VALUE;

    private final List<Map<String, Object>> conditions = new ArrayList<>();

    static EventQuery ofTask(String id) {
        return new EventQuery().and(Queries.term("task", id));
    }

    static EventQuery ofTasks(Collection<String> ids) {
        return new EventQuery().and(Queries.terms("task", ids));
    }

    /** The same, to which conditions can be added. */
    static EventQuery of(EventQuery other) {
        EventQuery copy = new EventQuery();
        copy.conditions.addAll(other.conditions);
        return copy;
    }

    EventQuery and(Map<String, Object> condition) {
        conditions.add(condition);
        return this;
    }

    EventQuery metrics(List<MetricVariants> metrics) {
        MetricVariants.condition(metrics).ifPresent(conditions::add);
        return this;
    }

    /** Without single values, and without events that have no iteration. */
    EventQuery iterated() {
        return and(Queries.range("iter", "gt", SINGLE_VALUE));
    }

    Map<String, Object> query() {
        return Queries.all(conditions);
    }
}
