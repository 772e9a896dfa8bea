package clearml.apiserver.users;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.PythonText;
import clearml.apiserver.call.Role;
import clearml.apiserver.query.EntityQueries;
import clearml.apiserver.query.Scope;
import clearml.apiserver.query.entities.Entities;
import clearml.apiserver.security.AuthUsers;
import clearml.config.ServerConfig;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Single people: reading, making, renaming. */
@Component
final class Users {

    private static final List<String> CHANGEABLE = List.of("name", "given_name", "family_name");

    private final BackendUsers store;
    private final AuthUsers authUsers;
    private final EntityQueries queries;
    private final String version;
    private final Map<String, Object> gettingStarted;
    private final int maxDownloadItems;

    Users(BackendUsers store, AuthUsers authUsers, EntityQueries queries, ServerConfig config) {
        this.store = store;
        this.authUsers = authUsers;
        this.queries = queries;
        this.version = config.build().version();
        this.gettingStarted = config.object("apiserver.getting_started_info");
        this.maxDownloadItems = config.integer("services.organization.download.max_download_items");
    }

    Map<String, Object> current(Caller caller) {
        Map<String, Object> user = queries.getById(Entities.USER, caller.user(), Scope.own(caller.company()))
                .orElseThrow(() -> ApiError.INVALID_USER.of("failed loading user"));
        String companyName = authUsers.companyName(caller.company());
        Map<String, Object> company = new LinkedHashMap<>();
        company.put("id", caller.company());
        if (companyName != null) {
            company.put("name", companyName);
        }
        user.put("company", company);
        user.put("role", caller.role().toString());
        return Map.of(
                "user", user,
                "getting_started", gettingStarted,
                "settings", Map.of("max_download_items", maxDownloadItems));
    }

    Map<String, Object> whole(String id, Caller caller) {
        String ofUser = caller.role() == Role.SYSTEM ? store.companyOf(id) : null;
        String company = ofUser == null ? caller.company() : ofUser;
        return queries.getWholeById(Entities.USER, id, Scope.own(company))
                .orElseThrow(() -> ApiError.INVALID_USER_ID.with("id", id).with("company", caller.company()));
    }

    void create(UsersApi.CreateRequest request) {
        try {
            store.insert(new BackendUser(
                    request.id(),
                    request.company(),
                    request.name(),
                    request.givenName(),
                    request.familyName(),
                    request.avatar(),
                    version));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                throw ApiError.USER_ID_EXISTS.with("id", request.id());
            }
            throw e;
        }
    }

    void delete(String id) {
        if (!store.delete(id)) {
            throw ApiError.INVALID_USER_ID.with("id", id);
        }
    }

    UsersApi.Updated update(String id, String company, Map<String, ? extends @Nullable Object> sent) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String field : CHANGEABLE) {
            if (sent.containsKey(field)) {
                fields.put(field, text(field, sent.get(field)));
            }
        }
        int updated = store.set(id, company, fields);
        if (updated > 0 && fields.get("name") instanceof String name) {
            authUsers.setName(id, company, name);
        }
        return new UsersApi.Updated(updated, fields);
    }

    private static @Nullable Object text(String field, @Nullable Object value) {
        if (value instanceof String || (value == null && !field.equals("name"))) {
            return value;
        }
        throw notText(field, value);
    }

    private static ApiException notText(String field, @Nullable Object value) {
        return ApiError.DATA_VALIDATION_ERROR.with(
                field, "StringField only accepts string values, not " + PythonText.repr(value));
    }
}
