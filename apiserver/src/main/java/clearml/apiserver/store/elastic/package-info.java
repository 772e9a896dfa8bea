/** Access to Elasticsearch: connection, requests, bulk writing and index templates. */
@NullMarked
package clearml.apiserver.store.elastic;

import org.jspecify.annotations.NullMarked;
