/** Reads multipart bodies as they arrive, without keeping a part in memory or in a second file. */
@NullMarked
package clearml.fileserver.upload;

import org.jspecify.annotations.NullMarked;
