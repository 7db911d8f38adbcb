/**
 * Who is watching, and telling them: stock, refreshes, orders, over one open connection.
 *
 * <p>Start at {@link urgency.live.Broadcast}. Tables: live.heart, live.share, live.fondness. Facts:
 * none. Never: shows a number nobody counted.
 */
@NullMarked
package urgency.live;

import org.jspecify.annotations.NullMarked;
