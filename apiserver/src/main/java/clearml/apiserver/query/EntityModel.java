package clearml.apiserver.query;

import java.util.List;
import java.util.Set;

/**
 * What the query machinery knows of a kind of entity.
 *
 * @param name as in error texts, {@code Task}
 * @param collection of the backend database
 * @param fields stored members; {@code id} is stored as {@code _id}
 * @param hidden top-level fields answered only when they are asked for by name
 * @param hasCompany whether every document belongs to a company, or to all when that is empty
 * @param filters which request keys filter
 * @param numericOrder prefixes of the keys that make texts be compared as numbers, so that 10 comes after 9
 * @param rewriting how keys and paths of requests become stored paths
 */
public record EntityModel(
        String name,
        String collection,
        Fields fields,
        Set<String> hidden,
        boolean hasCompany,
        FilterFields filters,
        List<String> numericOrder,
        PathRewriting rewriting) {

    /** The path in stored documents. */
    static String stored(String path) {
        return path.equals("id") ? "_id" : path;
    }

    boolean ordersNumerically(String path) {
        return numericOrder.stream().anyMatch(path::startsWith);
    }
}
