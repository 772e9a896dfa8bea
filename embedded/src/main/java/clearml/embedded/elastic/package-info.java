/** A real Elasticsearch server as a child process. */
@NullMarked
package clearml.embedded.elastic;

import org.jspecify.annotations.NullMarked;
