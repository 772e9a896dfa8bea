/** Named load cases against a server, each beside the figure of the bare stores and controllers under it. */
@NullMarked
package clearml.bench;

import org.jspecify.annotations.NullMarked;
