/**
 * What Quarkus leaves to us at the edge: headers, errors, stamped files, ready-made pages.
 *
 * <p>Start at {@link urgency.platform.http.HttpSettings}. Tables: none. Facts: none. Never: knows
 * what a page is about.
 */
@NullMarked
package urgency.platform.http;

import org.jspecify.annotations.NullMarked;
