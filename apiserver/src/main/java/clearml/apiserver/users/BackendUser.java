package clearml.apiserver.users;

import org.jspecify.annotations.Nullable;

/** A new person of the backend database; null members are not stored. */
public record BackendUser(
        String id,
        String company,
        String name,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String avatar,
        String createdInVersion) {}
