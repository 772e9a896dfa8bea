package clearml.apiserver.projects;

import clearml.apiserver.tags.TagCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the cache of tags that projects have other contents: they, and all that they lie in. */
@Component
class ProjectTagNews {

    private static final List<String> FIELDS = List.of("tags", "system_tags");

    private final ProjectStore store;
    private final TagCache cache;

    ProjectTagNews(ProjectStore store, TagCache cache) {
        this.store = store;
        this.cache = cache;
    }

    void tell(Collection<? extends @Nullable Object> projects, String company) {
        List<String> ids = new ArrayList<>();
        projects.forEach(id -> {
            if (id != null) {
                ids.add(id.toString());
            }
        });
        List<String> all = new ArrayList<>(ids);
        all.addAll(store.ancestors(ids));
        for (TagCache.Entity entity : TagCache.Entity.values()) {
            cache.forget(entity, company, all, FIELDS);
        }
    }
}
