package clearml.apiserver.projects;

import clearml.apiserver.tags.TagCache;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the cache of tags that projects have other contents. */
@Component
class ProjectTagNews {

    private static final List<String> FIELDS = List.of("tags", "system_tags");

    private final TagCache cache;

    ProjectTagNews(TagCache cache) {
        this.cache = cache;
    }

    void tell(Collection<? extends @Nullable Object> projects, String company) {
        for (TagCache.Entity entity : TagCache.Entity.values()) {
            cache.forget(entity, company, projects, FIELDS);
        }
    }
}
