package clearml.apiserver.call;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The role of a user; its lower-case name is what is stored and sent. */
public enum Role {
    SYSTEM,
    ROOT,
    ADMIN,
    SUPERUSER,
    USER,
    ANNOTATOR,
    GUEST;

    /** The role of that name, or null. */
    public static @Nullable Role of(@Nullable Object name) {
        for (Role role : values()) {
            if (role.toString().equals(name)) {
                return role;
            }
        }
        return null;
    }

    public boolean mayImpersonate() {
        return this == SYSTEM || this == ROOT || this == ADMIN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
