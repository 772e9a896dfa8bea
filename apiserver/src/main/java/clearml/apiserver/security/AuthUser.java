package clearml.apiserver.security;

import clearml.apiserver.call.Role;
import java.util.List;
import org.bson.Document;

/** A user as the {@code auth} database knows it. */
public record AuthUser(String id, String name, String company, Role role, List<Document> credentials) {

    static AuthUser of(Document document) {
        Role role = Role.of(document.getString("role"));
        List<Document> credentials = document.getList("credentials", Document.class, List.of());
        return new AuthUser(
                document.getString("_id"),
                text(document, "name"),
                text(document, "company"),
                role == null ? Role.USER : role,
                credentials);
    }

    private static String text(Document document, String field) {
        String value = document.getString(field);
        return value == null ? "" : value;
    }
}
