/** Workers: who takes tasks from which queues, what runs there, and how busy the machines are. */
@NullMarked
package clearml.apiserver.workers;

import org.jspecify.annotations.NullMarked;
