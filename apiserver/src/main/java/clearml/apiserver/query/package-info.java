/** The machinery behind every list: filters, ordering, paging, projection and joins, from a request to ready rows. */
@NullMarked
package clearml.apiserver.query;

import org.jspecify.annotations.NullMarked;
