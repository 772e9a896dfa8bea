/** The API server of ClearML: one Spring Boot application. */
@NullMarked
package clearml.apiserver;

import org.jspecify.annotations.NullMarked;
