package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.entities.Entities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Random list filters find what the words of their definition say, with {@link Said} as the plain reading of them. */
class RandomListFiltersTest {

    private static final List<String> VALUES = List.of("a", "b", "c", "-a");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void filters_find_the_documents_that_their_words_describe() {
        try (MemoryMongo mongo = new MemoryMongo()) {
            List<Document> documents = documents();
            mongo.insert("task", documents);
            EntityQueries queries = new EntityQueries(mongo.stores, new ScrollsInMemory(), QueryLimits.DEFAULT);
            for (int round = 0; round < 1_500; round++) {
                boolean scalar = round % 3 == 0;
                List<String> filter = filter();
                assertThat(found(queries, scalar ? "status" : "tags", filter))
                        .as("seed %s, round %s, filter %s on %s", seed, round, filter, scalar ? "status" : "tags")
                        .isEqualTo(described(documents, scalar, filter));
            }
        }
    }

    private static Set<String> found(EntityQueries queries, String field, List<String> filter) {
        Set<String> ids = new TreeSet<>();
        Map<String, Object> request = Map.of(field, filter, "only_fields", List.of("id"));
        queries.getAll(Entities.TASK, request, Scope.own("c")).rows().forEach(row -> ids.add((String) row.get("id")));
        return ids;
    }

    private static Set<String> described(List<Document> documents, boolean scalar, List<String> filter) {
        Said said = new Said(filter);
        Set<String> ids = new TreeSet<>();
        for (Document document : documents) {
            Object value = document.get(scalar ? "status" : "tags");
            Set<String> values = new HashSet<>();
            if (value instanceof List<?> list) {
                list.forEach(item -> values.add((String) item));
            } else if (value != null) {
                values.add((String) value);
            }
            if (said.describes(values)) {
                ids.add(document.getString("_id"));
            }
        }
        return ids;
    }

    /** A document for every subset of values, and those without any. */
    private static List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        for (int subset = 0; subset < 1 << VALUES.size(); subset++) {
            List<String> tags = new ArrayList<>();
            for (int i = 0; i < VALUES.size(); i++) {
                if ((subset & 1 << i) != 0) {
                    tags.add(VALUES.get(i));
                }
            }
            Document document = new Document("_id", "t" + subset).append("company", "c");
            documents.add(document.append("tags", tags).append("status", VALUES.get(subset % VALUES.size())));
        }
        documents.add(Document.parse("{_id:'null',company:'c',tags:null,status:null}"));
        documents.add(Document.parse("{_id:'missing',company:'c'}"));
        return documents;
    }

    private List<String> filter() {
        List<String> filter = new ArrayList<>();
        int length = 1 + random.nextInt(5);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(8)) {
                case 0 -> filter.add(pick("__$and", "__$all"));
                case 1 -> filter.add(pick("__$or", "__$any"));
                case 2 -> filter.add("__$nop");
                case 3 -> Collections.addAll(filter, "__$not", random.nextInt(5) == 0 ? null : pick("a", "b", "-a"));
                case 4 -> filter.add(pick("-a", "-b", "-c", "--a"));
                case 5 -> filter.add(random.nextInt(2) == 0 ? null : "c");
                default -> filter.add(pick("a", "b", "c"));
            }
        }
        return filter;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The definition of list filters, word for word and without regard to speed. */
    private static final class Said {
        private final List<String> any = new ArrayList<>();
        private final List<String> all = new ArrayList<>();
        private final List<String> none = new ArrayList<>();
        private boolean orEmpty;
        private String globalOperator = "and";

        Said(List<String> filter) {
            boolean and = false;
            boolean operatorSeen = false;
            boolean first = true;
            for (int i = 0; i < filter.size(); i++) {
                String item = filter.get(i);
                boolean operator =
                        Arrays.asList("__$and", "__$all", "__$or", "__$any").contains(item);
                if (item == null) {
                    orEmpty = true;
                } else if (operator) {
                    and = item.equals("__$and") || item.equals("__$all");
                    operatorSeen = true;
                    if (first) {
                        globalOperator = and ? "and" : "or";
                    }
                    first = false;
                } else if (item.equals("__$nop")) {
                    and = false;
                    operatorSeen = false;
                } else if (item.equals("__$not")) {
                    String next = filter.get(++i);
                    if (next == null) {
                        orEmpty = true;
                    } else {
                        none.add(next);
                        first = false;
                    }
                } else if (item.startsWith("-") && !operatorSeen) {
                    none.add(item.substring(1));
                    first = false;
                } else {
                    (and ? all : any).add(item);
                    first = false;
                }
            }
        }

        boolean describes(Set<String> values) {
            List<Boolean> groups = new ArrayList<>();
            if (!any.isEmpty()) {
                groups.add(any.stream().anyMatch(values::contains));
            }
            if (!all.isEmpty()) {
                groups.add(values.containsAll(all));
            }
            if (!none.isEmpty()) {
                groups.add(none.stream().noneMatch(values::contains));
            }
            if (orEmpty && values.isEmpty()) {
                return true;
            }
            if (groups.isEmpty()) {
                return !orEmpty;
            }
            return globalOperator.equals("and") ? !groups.contains(false) : groups.contains(true);
        }
    }
}
