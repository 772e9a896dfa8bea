/** What happens between the start of the process and the open port: stores reached, laid out, filled with what must be there. */
@NullMarked
package clearml.apiserver.startup;

import org.jspecify.annotations.NullMarked;
