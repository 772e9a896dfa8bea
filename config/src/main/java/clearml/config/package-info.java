/** Configuration: the shipped defaults, the operator's files and variables over them, and typed views on the result. */
@NullMarked
package clearml.config;

import org.jspecify.annotations.NullMarked;
