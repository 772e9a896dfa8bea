/** Access to Elasticsearch: connection and index templates. */
@NullMarked
package clearml.apiserver.store.elastic;

import org.jspecify.annotations.NullMarked;
