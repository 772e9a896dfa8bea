package clearml.apiserver.security;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the start found wrong with the stores without giving up; the web UI shows it on its login page. */
@Component
public final class StoreWarnings {

    private volatile boolean missedEsUpgrade;
    private volatile boolean esConnectionError;

    /** The MongoDB data are older than 0.16.0 and the events were never moved. */
    public void missedEsUpgrade() {
        missedEsUpgrade = true;
    }

    /** Elasticsearch could not be reached at start. */
    public void esConnectionError() {
        esConnectionError = true;
    }

    /** Both flags by name. */
    public Map<String, Boolean> all() {
        Map<String, Boolean> flags = new LinkedHashMap<>();
        flags.put("missed_es_upgrade", missedEsUpgrade);
        flags.put("es_connection_error", esConnectionError);
        return flags;
    }

    /** Only those that are true. */
    public Map<String, Boolean> raised() {
        Map<String, Boolean> flags = all();
        flags.values().removeIf(raised -> !raised);
        return flags;
    }
}
