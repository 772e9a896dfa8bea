/** Access to Redis; the keys are shared with the reference. */
@NullMarked
package clearml.apiserver.store.redis;

import org.jspecify.annotations.NullMarked;
