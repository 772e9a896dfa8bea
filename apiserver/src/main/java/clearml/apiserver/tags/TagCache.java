package clearml.apiserver.tags;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Distinct tags of tasks or models, as lists in Redis under the reference's keys:
 * {@code <tags|system_tags>_<company>[_<project>]_<Task|Model>[_filter...]}.
 *
 * <p>Forgetting must not search all keys of Redis, as it happens at every write of tags: the keys in use are noted in a
 * set by company. Redis being away delays only the news of a tag.
 */
@Component
public class TagCache {

    /** Whose tags. */
    public enum Entity {
        TASK("Task"),
        MODEL("Model");

        private final String text;

        Entity(String text) {
            this.text = text;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(TagCache.class);
    private static final String FIRST_ITEM = "__dummy__";
    private static final String INDEX = "tag_cache_keys_";

    /** After a key: who looks its tags up. The reference, which deletes all that begins with the key, deletes it too. */
    private static final String READER = "__reader";

    private static final Duration LONGEST_LOOK_UP = Duration.ofMinutes(5);

    private final StringRedisTemplate redis;
    private final MongoCollection<Document> projects;
    private final Duration lifetime;

    TagCache(StringRedisTemplate redis, MongoStores stores, ServerConfig config) {
        this.lifetime = config.duration("services.organization.tags_cache.expiration_seconds");
        this.redis = redis;
        this.projects = stores.backend("project");
    }

    /**
     * The start of the keys of some tags; a filter's text may be appended.
     *
     * @param field {@code tags} or {@code system_tags}
     * @param project null for all projects
     */
    public static String key(String field, String company, @Nullable String project, Entity entity) {
        return field + "_" + company + (project == null ? "" : "_" + project) + "_" + entity.text;
    }

    /**
     * The tags of a key; those that are looked up are remembered unless somebody had any of them forgotten meanwhile.
     *
     * @param lookUp gives what is stored now
     */
    public List<String> get(String company, String key, Supplier<List<String>> lookUp) {
        List<String> items = redis.opsForList().range(key, 0, -1);
        if (items != null && !items.isEmpty()) {
            return items.stream().filter(item -> !item.equals(FIRST_ITEM)).toList();
        }
        String reader = announce(company, key);
        List<String> tags = lookUp.get();
        remember(key, tags, reader);
        return tags;
    }

    /** Before the look-up: who writes tags after it forgets the reader too. */
    private String announce(String company, String key) {
        String reader = UUID.randomUUID().toString();
        redis.opsForSet().add(INDEX + company, key);
        redis.expire(INDEX + company, lifetime.multipliedBy(2));
        redis.opsForValue().set(key + READER, reader, LONGEST_LOOK_UP);
        return reader;
    }

    /** Asks for the reader last: what is forgotten after that is there already, to be forgotten. */
    private void remember(String key, List<String> tags, String reader) {
        List<String> items = new ArrayList<>(tags);
        items.add(0, FIRST_ITEM);
        redis.delete(key);
        redis.opsForList().rightPushAll(key, items);
        redis.expire(key, lifetime);
        if (!reader.equals(redis.opsForValue().get(key + READER))) {
            redis.delete(key);
        }
    }

    /** Forgets the tags of some projects, of those that they lie in, and of all: one of them may have changed. */
    public void forget(
            Entity entity, String company, Collection<? extends @Nullable Object> changed, Collection<String> fields) {
        if (fields.isEmpty()) {
            return;
        }
        try {
            Set<String> known = redis.opsForSet().members(INDEX + company);
            if (known == null || known.isEmpty()) {
                return;
            }
            List<String> starts = starts(entity, company, withAncestors(changed), fields);
            List<String> outdated = known.stream()
                    .filter(key -> starts.stream().anyMatch(key::startsWith))
                    .toList();
            if (!outdated.isEmpty()) {
                redis.opsForSet().remove(INDEX + company, outdated.toArray());
                // Readers first, see remember().
                redis.delete(outdated.stream().map(key -> key + READER).toList());
                redis.delete(outdated);
            }
        } catch (DataAccessException e) {
            LOG.warn("Tags in use may be out of date for up to {} minutes: {}", lifetime.toMinutes(), e.getMessage());
        }
    }

    /** Tags of a project are those below it too. */
    private Set<Object> withAncestors(Collection<? extends @Nullable Object> changed) {
        Set<Object> all = new HashSet<>();
        for (Object project : changed) {
            if (project != null) {
                all.add(project);
            }
        }
        if (!all.isEmpty()) {
            projects.find(Filters.in("_id", List.copyOf(all)))
                    .projection(Projections.include("path"))
                    .forEach(project -> all.addAll(project.getList("path", Object.class, List.of())));
        }
        return all;
    }

    private static List<String> starts(
            Entity entity, String company, Collection<Object> projects, Collection<String> fields) {
        List<String> starts = new ArrayList<>();
        for (String field : fields) {
            starts.add(key(field, company, null, entity));
            projects.forEach(project -> starts.add(key(field, company, project.toString(), entity)));
        }
        return starts;
    }
}
