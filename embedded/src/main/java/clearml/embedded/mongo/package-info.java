/** A MongoDB server inside this JVM, for one machine without installing anything: the wire protocol on a local port, the data in one file. */
@NullMarked
package clearml.embedded.mongo;

import org.jspecify.annotations.NullMarked;
