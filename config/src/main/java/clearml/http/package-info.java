/** What the web servers of all processes have in common. */
@NullMarked
package clearml.http;

import org.jspecify.annotations.NullMarked;
