package clearml.apiserver.events;

import clearml.apiserver.store.elastic.ElasticCluster;
import clearml.apiserver.store.elastic.Queries;
import clearml.apiserver.store.elastic.Search;
import clearml.apiserver.store.elastic.SearchAnswer;
import clearml.apiserver.store.elastic.UnrefreshedWrites;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The files that events of tasks and models name: debug images and the sources of plots. */
@Component
public class EventFiles {

    private final ElasticCluster events;
    private final UnrefreshedWrites unrefreshed;

    EventFiles(ElasticCluster eventsCluster, UnrefreshedWrites unrefreshed) {
        this.events = eventsCluster;
        this.unrefreshed = unrefreshed;
    }

    /** The distinct addresses of the files. */
    public Set<String> urls(String company, Collection<String> ids) {
        Set<String> urls = new LinkedHashSet<>(imageUrls(company, ids));
        urls.addAll(plotUrls(company, ids));
        return urls;
    }

    private Set<String> imageUrls(String company, Collection<String> ids) {
        Set<String> urls = new HashSet<>();
        for (List<String> chunk : EventScope.chunks(ids)) {
            EventScope scope = new EventScope(List.of(company), chunk, EventType.TRAINING_DEBUG_IMAGE);
            EventQuery query = EventQuery.ofTasks(chunk).and(Queries.exists("url"));
            unrefreshed.makeReadable(scope.indices(), chunk);
            collectUrls(urls, scope, query.query());
        }
        return urls;
    }

    private void collectUrls(Set<String> urls, EventScope scope, Map<String, Object> query) {
        Map<String, Object> composite = new LinkedHashMap<>();
        composite.put("size", 1000);
        composite.put("sources", List.of(Map.of("url", Map.of("terms", Map.of("field", "url")))));
        Object after = null;
        do {
            if (after != null) {
                composite.put("after", after);
            }
            Map<String, Object> body = Queries.aggregating(query, Map.of("urls", Map.of("composite", composite)));
            SearchAnswer answer = events.search(new Search(scope.index(), body));
            for (SearchAnswer.Bucket bucket : answer.buckets("urls")) {
                if (bucket.body().get("key") instanceof Map<?, ?> key) {
                    urls.add(String.valueOf(key.get("url")));
                }
            }
            after = answer.afterKey("urls");
        } while (after != null);
    }

    private Set<String> plotUrls(String company, Collection<String> ids) {
        Set<String> urls = new HashSet<>();
        for (List<String> chunk : EventScope.chunks(ids)) {
            EventScope scope = new EventScope(List.of(company), chunk, EventType.PLOT);
            EventQuery query = EventQuery.ofTasks(chunk).and(Queries.exists("source_urls"));
            unrefreshed.makeReadable(scope.indices(), chunk);
            try (EventPages pages = new EventPages(events, scope, query.query(), "source_urls")) {
                List<Map<String, @Nullable Object>> page;
                while (!(page = pages.next()).isEmpty()) {
                    SearchAnswer.of(page).sources().forEach(source -> addAll(urls, source.get("source_urls")));
                }
            }
        }
        return urls;
    }

    private static void addAll(Set<String> urls, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(url -> urls.add(String.valueOf(url)));
        } else if (value != null) {
            urls.add(value.toString());
        }
    }
}
