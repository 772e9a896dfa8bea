package clearml.apiserver.organization;

import java.util.Locale;

/** What there are tables of. */
enum TableType {
    TASK,
    MODEL;

    String plural() {
        return name().toLowerCase(Locale.ROOT) + "s";
    }
}
