/** The service {@code server}: what runs here, how it is configured, and how it is used. */
@NullMarked
package clearml.apiserver.server;

import org.jspecify.annotations.NullMarked;
