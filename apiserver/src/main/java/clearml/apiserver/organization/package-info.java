/** What concerns a whole company: its tags, its people, how many there are of what, and tables as files. */
@NullMarked
package clearml.apiserver.organization;

import org.jspecify.annotations.NullMarked;
