/** The service {@code auth}: tokens, credentials, and who may log in. */
@NullMarked
package clearml.apiserver.auth;

import org.jspecify.annotations.NullMarked;
