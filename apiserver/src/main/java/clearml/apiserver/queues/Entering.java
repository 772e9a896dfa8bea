package clearml.apiserver.queues;

import java.util.Date;

/**
 * A task on its way into a queue.
 *
 * @param added since when it waits
 * @param setsQueue whether the queue is still to be noted in the task
 */
record Entering(String task, String queue, String company, Date added, boolean setsQueue) {}
