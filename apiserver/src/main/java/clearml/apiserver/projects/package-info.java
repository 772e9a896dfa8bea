/** Projects: the tree that tasks and models are kept in. */
@NullMarked
package clearml.apiserver.projects;

import org.jspecify.annotations.NullMarked;
