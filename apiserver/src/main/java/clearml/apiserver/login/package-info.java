/** The service {@code login}: how the web UI logs people in and out. */
@NullMarked
package clearml.apiserver.login;

import org.jspecify.annotations.NullMarked;
