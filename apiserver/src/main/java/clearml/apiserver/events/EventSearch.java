package clearml.apiserver.events;

import clearml.apiserver.call.BodyRoom;
import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import clearml.apiserver.store.elastic.SeriesPoints;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads events. What was written for the tasks asked about is found, also when it was written a moment ago elsewhere. */
@Component
class EventSearch {

    /** More can't be asked for in one search. */
    static final int MOST_HITS = 10_000;

    /** What several documents may have together in one answer. */
    static final int SEVERAL_BYTES = 16 * 1024 * 1024;

    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;

    EventSearch(ElasticCluster eventsCluster, UnrefreshedWrites unrefreshed) {
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
    }

    /** Must come before the first search of a call. */
    void prepare(EventScope scope) {
        unrefreshed.makeReadable(scope.indices(), scope.tasks());
    }

    SearchAnswer search(EventScope scope, Map<String, ?> body) {
        prepare(scope);
        return again(scope, body);
    }

    /** Another search of the same call. */
    SearchAnswer again(EventScope scope, Map<String, ?> body) {
        return events.search(new Search(scope.index(), body));
    }

    /** Room for an answer whose documents are needed until the call is answered. */
    BodyRoom.Place place() {
        return events.room().placeOfCall();
    }

    /**
     * Another search, for documents that may be large.
     *
     * @param several whether fewer can be asked for when they are too large together
     */
    SearchAnswer documents(EventScope scope, Map<String, ?> body, BodyRoom.Place place, boolean several) {
        return events.search(new Search(scope.index(), body), place, several ? SEVERAL_BYTES : Integer.MAX_VALUE);
    }

    /** The documents of hits, in order: as they were found, or else read while they are written. */
    Iterable<Map<String, @Nullable Object>> documentsOf(EventScope scope, List<Map<String, @Nullable Object>> hits) {
        boolean there = hits.stream().allMatch(hit -> hit.containsKey("_source"));
        return there ? SearchAnswer.of(hits).sources() : new EventDocuments(this, scope, hits);
    }

    /** One search in each scope, in one request. */
    List<SearchAnswer> searchAll(List<EventScope> scopes, List<? extends Map<String, ?>> bodies) {
        return events.searchAll(searches(scopes, bodies));
    }

    /** The same for searches by metric, variant, steps of an axis, and one value in each. */
    List<List<SeriesPoints>> seriesOfAll(
            List<EventScope> scopes, List<? extends Map<String, ?>> bodies, boolean formatted) {
        return events.seriesOfAll(searches(scopes, bodies), formatted);
    }

    private static List<Search> searches(List<EventScope> scopes, List<? extends Map<String, ?>> bodies) {
        List<Search> searches = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            searches.add(new Search(scopes.get(i).index(), bodies.get(i)));
        }
        return searches;
    }

    long count(EventScope scope, Map<String, ?> query) {
        Map<String, Object> body = Map.of("size", 0, "track_total_hits", true, "query", query);
        return again(scope, body).total();
    }

    /** The first page of a scroll, kept for an hour. */
    SearchAnswer scroll(EventScope scope, Map<String, ?> body) {
        prepare(scope);
        Map<String, String> parameters =
                Map.of("scroll", "1h", "ignore_unavailable", "true", "allow_no_indices", "true");
        return new SearchAnswer(events.json("POST", "/" + scope.index() + "/_search", parameters, body));
    }

    /** The next page. */
    SearchAnswer scroll(String id) {
        return new SearchAnswer(events.json("POST", "/_search/scroll", Map.of("scroll", "1h", "scroll_id", id)));
    }

    void clearScrolls(Collection<String> ids) {
        events.json("DELETE", "/_search/scroll", Map.of("ignore", "404"), Map.of("scroll_id", ids));
    }

    ElasticCluster cluster() {
        return events;
    }

    /** Of one type, or of all. */
    static EventScope scope(Collection<ReadableEntity> entities, @Nullable EventType type) {
        List<String> companies =
                entities.stream().map(ReadableEntity::company).distinct().toList();
        List<String> tasks = entities.stream().map(ReadableEntity::id).toList();
        return new EventScope(companies, tasks, type);
    }
}
