package clearml.apiserver.store.elastic;

import java.util.Map;

/**
 * A search and where it looks. An index that does not exist has no documents.
 *
 * @param index one name, several with commas, or a pattern; empty where the body says it
 * @param body as Elasticsearch takes it
 */
public record Search(String index, Map<String, ?> body) {

    /** In a point in time, which the body names. */
    public static Search inPointInTime(Map<String, ?> body) {
        return new Search("", body);
    }

    String path() {
        return index.isEmpty() ? "/_search" : "/" + index + "/_search";
    }

    Map<String, String> parameters() {
        return index.isEmpty() ? Map.of() : ElasticCluster.LENIENT;
    }
}
