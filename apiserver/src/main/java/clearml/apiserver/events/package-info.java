/** The service {@code events}: scalars, plots, debug images and console logs of tasks and models. */
@NullMarked
package clearml.apiserver.events;

import org.jspecify.annotations.NullMarked;
