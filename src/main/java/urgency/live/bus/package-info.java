/**
 * The ways in which nodes talk: within one process, or by PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>Start at {@link urgency.live.bus.PostgresBus}. Tables: none. Facts: none. Never: speaks inside
 * a transaction of others.
 */
@NullMarked
package urgency.live.bus;

import org.jspecify.annotations.NullMarked;
