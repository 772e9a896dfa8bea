/** Child processes that end with this JVM, and the folders they live in. */
@NullMarked
package clearml.embedded.process;

import org.jspecify.annotations.NullMarked;
