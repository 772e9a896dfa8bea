/** Access to MongoDB: connection, indexes, migrations. */
@NullMarked
package clearml.apiserver.store.mongo;

import org.jspecify.annotations.NullMarked;
