/** All servers and the embedded stores in one process. */
@NullMarked
package clearml.standalone;

import org.jspecify.annotations.NullMarked;
