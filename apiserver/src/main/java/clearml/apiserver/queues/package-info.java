/** Queues: tasks that wait for a worker, in order. */
@NullMarked
package clearml.apiserver.queues;

import org.jspecify.annotations.NullMarked;
