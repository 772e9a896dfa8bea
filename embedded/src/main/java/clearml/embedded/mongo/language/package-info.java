/** MongoDB's query language as plain functions on documents: filters, updates, projections, expressions and pipelines. */
@NullMarked
package clearml.embedded.mongo.language;

import org.jspecify.annotations.NullMarked;
