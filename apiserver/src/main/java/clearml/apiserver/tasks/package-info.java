/** Tasks: what was run or is to be run, its state, parameters, artifacts and models. */
@NullMarked
package clearml.apiserver.tasks;

import org.jspecify.annotations.NullMarked;
