/** Files of deleted tasks, models and projects that are still to be deleted. */
@NullMarked
package clearml.apiserver.deletion;

import org.jspecify.annotations.NullMarked;
