package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * What a caller may see of a list, whatever the request asks for.
 *
 * @param company the caller's
 * @param includesPublic whether documents of all companies (with an empty {@code company}) count
 * @param conditions further ones, made by the server
 */
public record Scope(String company, boolean includesPublic, List<Document> conditions) {

    /** Documents of the company. */
    public static Scope own(String company) {
        return new Scope(company, false, List.of());
    }

    /** Documents of the company and public ones. */
    public static Scope ownAndPublic(String company) {
        return new Scope(company, true, List.of());
    }

    /** This, narrowed by a condition that no client wrote. */
    public Scope and(Document condition) {
        List<Document> more = new ArrayList<>(conditions);
        more.add(condition);
        return new Scope(company, includesPublic, more);
    }

    /** The conditions on documents of an entity. */
    List<Document> of(EntityModel model) {
        List<Document> all = new ArrayList<>();
        if (model.hasCompany()) {
            all.add(new Document("company", includesPublic ? new Document("$in", List.of(company, "")) : company));
        }
        all.addAll(conditions);
        return all;
    }

    /** The company part alone, which is what referenced documents must fulfil. */
    Scope withoutConditions() {
        return new Scope(company, includesPublic, List.of());
    }
}
