/** A real Redis server as a child process. */
@NullMarked
package clearml.embedded.redis;

import org.jspecify.annotations.NullMarked;
