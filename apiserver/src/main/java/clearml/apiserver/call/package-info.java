/** The kernel: a request's way from bytes to envelope. */
@NullMarked
package clearml.apiserver.call;

import org.jspecify.annotations.NullMarked;
