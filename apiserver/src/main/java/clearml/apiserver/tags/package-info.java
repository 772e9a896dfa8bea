/** The cache of the tags that are in use, shared by all that have tags. */
@NullMarked
package clearml.apiserver.tags;

import org.jspecify.annotations.NullMarked;
