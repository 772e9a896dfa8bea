package clearml.bench;

import java.net.URI;
import java.util.Optional;

/**
 * The server under load and the stores under it.
 *
 * @param mongo connection string without a database; none leaves out the raw figures
 */
record Target(URI api, URI files, String key, String secret, Optional<String> mongo, Optional<URI> elastic) {

    /** For naming cases without a server. */
    static final Target NOWHERE = new Target(
            URI.create("http://127.0.0.1"), URI.create("http://127.0.0.1"), "", "", Optional.empty(), Optional.empty());
}
