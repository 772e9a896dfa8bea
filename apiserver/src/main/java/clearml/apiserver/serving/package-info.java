/** Models that are served: the containers that serve them, as they report themselves, and how busy they were. */
@NullMarked
package clearml.apiserver.serving;

import org.jspecify.annotations.NullMarked;
