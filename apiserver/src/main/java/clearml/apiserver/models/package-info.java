/** Models: what tasks make and use. */
@NullMarked
package clearml.apiserver.models;

import org.jspecify.annotations.NullMarked;
