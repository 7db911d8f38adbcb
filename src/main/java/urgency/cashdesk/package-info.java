/**
 * The operator's pages about money: orders, money in, money back, and the letters about it.
 *
 * <p>Start at {@link urgency.cashdesk.InboxPages}. Tables: none. Facts: none. Never: acts before
 * the operator has confirmed it by name, or without writing it to the acts.
 */
@NullMarked
package urgency.cashdesk;

import org.jspecify.annotations.NullMarked;
