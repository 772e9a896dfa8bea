package clearml.apiserver.events;

import org.bson.Document;

/**
 * A task or model whose events are read.
 *
 * @param company whose indices hold the events: the entity's own, or of public ones the company of origin
 * @param document the fields that were asked for
 */
record ReadableEntity(String id, String company, Document document) {

    static ReadableEntity of(Document document) {
        return new ReadableEntity(document.getString("_id"), indexCompany(document), document);
    }

    private static String indexCompany(Document document) {
        String own = document.getString("company");
        String origin = document.getString("company_origin");
        if (own != null && !own.isEmpty()) {
            return own;
        }
        return origin == null ? "" : origin;
    }

    String name() {
        return document.get("name", "");
    }
}
