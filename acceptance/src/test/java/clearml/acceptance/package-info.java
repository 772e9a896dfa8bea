/** Black-box tests of any compatible server over HTTP, and the real Python SDK as a client of it. */
@NullMarked
package clearml.acceptance;

import org.jspecify.annotations.NullMarked;
