/** What is stored of each entity, which of its fields can be filtered and how, and to whom its references lead. */
@NullMarked
package clearml.apiserver.query.entities;

import org.jspecify.annotations.NullMarked;
