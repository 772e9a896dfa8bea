/** The service {@code users}: people as the web UI sees them, and their preferences. */
@NullMarked
package clearml.apiserver.users;

import org.jspecify.annotations.NullMarked;
