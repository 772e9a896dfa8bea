/** Who may use the file server: tokens, cookies and passwords, checked with the API server or locally. */
@NullMarked
package clearml.fileserver.access;

import org.jspecify.annotations.NullMarked;
