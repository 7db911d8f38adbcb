/**
 * What all sources on the network share: one patient way of asking, and suspicious readers.
 *
 * <p>Start at {@link urgency.trends.wire.Line}. Tables: none. Facts: none. Never: follows a
 * redirect, keeps a cookie, reads more than two megabytes, trusts HTTP 200.
 */
@NullMarked
package urgency.trends.wire;

import org.jspecify.annotations.NullMarked;
