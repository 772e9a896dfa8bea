/** The service {@code debug}: is the server there. */
@NullMarked
package clearml.apiserver.debug;

import org.jspecify.annotations.NullMarked;
