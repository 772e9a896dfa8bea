/** Work that is done again and again in the background, each kind by one of all the servers at a time. */
@NullMarked
package clearml.apiserver.jobs;

import org.jspecify.annotations.NullMarked;
