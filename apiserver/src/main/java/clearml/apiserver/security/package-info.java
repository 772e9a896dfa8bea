/** Who is calling, and may they. */
@NullMarked
package clearml.apiserver.security;

import org.jspecify.annotations.NullMarked;
