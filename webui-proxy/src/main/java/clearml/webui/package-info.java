/** The web port: a web UI build or a plain page, and same-origin ways to the API server and the file server. */
@NullMarked
package clearml.webui;

import org.jspecify.annotations.NullMarked;
