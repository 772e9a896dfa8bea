/** The file server: keeps what clients upload in one directory tree and gives it back. */
@NullMarked
package clearml.fileserver;

import org.jspecify.annotations.NullMarked;
