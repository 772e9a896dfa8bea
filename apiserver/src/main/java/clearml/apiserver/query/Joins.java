package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The references of a page whose documents are wanted. They are fetched level by level, all collections of a level at
 * once; references found in them are the next level.
 */
final class Joins {

    /** More levels than any path of a client has. */
    private static final int DEEPEST = 16;

    private static final int CHUNK = 500;

    /** The objects to fill of one collection, by projection and id. */
    private static final class Wanted {
        private final EntityReader reader;
        private final Map<Projection, Map<String, Map<String, Object>>> byProjection = new IdentityHashMap<>();

        Wanted(EntityReader reader) {
            this.reader = reader;
        }

        Set<String> ids() {
            Set<String> ids = new LinkedHashSet<>();
            byProjection.values().forEach(objects -> ids.addAll(objects.keySet()));
            return ids;
        }
    }

    private final Map<Projection, Map<String, Map<String, Object>>> objects = new IdentityHashMap<>();
    private Map<EntityModel, Wanted> pending = new IdentityHashMap<>();

    /** The object of a reference: one for all that refer to the same. It has its id, the rest after {@link #resolve}. */
    Map<String, Object> object(EntityModel model, Projection projection, Object id) {
        Map<String, Map<String, Object>> byId = objects.computeIfAbsent(projection, key -> new HashMap<>());
        String key = id.toString();
        Map<String, Object> known = byId.get(key);
        if (known != null) {
            return known;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", id);
        byId.put(key, object);
        pending.computeIfAbsent(model, wanted -> new Wanted(new EntityReader(model, this)))
                .byProjection
                .computeIfAbsent(projection, wanted -> new HashMap<>())
                .put(key, object);
        return object;
    }

    /** Fills all objects; those whose document is not there, or not in scope, keep their id only. */
    void resolve(Scope scope, Lookups lookups) {
        for (int level = 0; level < DEEPEST && !pending.isEmpty(); level++) {
            Map<EntityModel, Wanted> now = pending;
            pending = new IdentityHashMap<>();
            List<Lookup> needed = new ArrayList<>();
            now.forEach((model, wanted) -> needed.addAll(lookups(model, wanted, scope)));
            lookups.each(needed, (lookup, document) -> fill(Objects.requireNonNull(now.get(lookup.model())), document));
        }
    }

    private static List<Lookup> lookups(EntityModel model, Wanted wanted, Scope scope) {
        Document projection = projection(model, wanted);
        List<String> ids = List.copyOf(wanted.ids());
        List<Lookup> lookups = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            List<Document> conditions = scope.of(model);
            conditions.add(new Document("_id", chunk.size() == 1 ? chunk.get(0) : new Document("$in", chunk)));
            lookups.add(new Lookup(model, Clauses.all(conditions), projection));
        }
        return lookups;
    }

    private static void fill(Wanted wanted, RawBsonDocument document) {
        String id = document.getString("_id").getValue();
        wanted.byProjection.forEach((projection, objects) -> {
            Map<String, Object> target = objects.get(id);
            if (target != null) {
                target.putAll(wanted.reader.read(document, projection));
            }
        });
    }

    /** What all of the projections need together; null for whole documents. */
    private static @Nullable Document projection(EntityModel model, Wanted wanted) {
        Document all = new Document();
        for (Projection projection : wanted.byProjection.keySet()) {
            Document paths = projection.forMongo(model.fields());
            if (paths == null || paths.containsValue(0)) {
                return null;
            }
            all.putAll(paths);
        }
        Document apart = new Document();
        for (String path : all.keySet()) {
            if (all.keySet().stream().noneMatch(other -> path.startsWith(other + "."))) {
                apart.put(path, 1);
            }
        }
        return apart;
    }
}
