package clearml.apiserver.store.elastic;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Several searches in one {@code _msearch}. */
final class MultiSearch {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;

    private MultiSearch() {}

    static List<SearchAnswer> run(ElasticCluster cluster, List<Search> searches) {
        if (searches.isEmpty()) {
            return List.of();
        }
        if (searches.size() == 1) {
            return List.of(cluster.search(searches.get(0)));
        }
        byte[] lines = lines(searches);
        return NewShards.awaited(() -> answers(cluster.lines("/_msearch", Map.of(), lines, lines.length)));
    }

    /** The same for searches whose answers are series. */
    static List<List<SeriesPoints>> series(ElasticCluster cluster, List<Search> searches, boolean formatted) {
        if (searches.isEmpty()) {
            return List.of();
        }
        byte[] lines = lines(searches);
        return NewShards.awaited(
                () -> SeriesReader.read(cluster.linesAnswer("/_msearch", Map.of(), lines, lines.length), formatted));
    }

    private static byte[] lines(List<Search> searches) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Search search : searches) {
            Map<String, Object> header =
                    Map.of("index", search.index(), "ignore_unavailable", true, "allow_no_indices", true);
            lines.writeBytes(JSON.writeValueAsBytes(header));
            lines.write('\n');
            lines.writeBytes(JSON.writeValueAsBytes(search.body()));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    @SuppressWarnings("unchecked")
    static List<SearchAnswer> answers(Map<String, @Nullable Object> answer) {
        List<SearchAnswer> answers = new ArrayList<>();
        for (Object item : (List<?>) answer.getOrDefault("responses", List.of())) {
            Map<String, @Nullable Object> one = (Map<String, @Nullable Object>) item;
            if (one.get("error") != null) {
                Object status = one.get("status");
                throw ElasticCluster.refused(status instanceof Number code ? code.intValue() : OK, one.get("error"));
            }
            answers.add(new SearchAnswer(one));
        }
        return answers;
    }
}
