/**
 * From tap to paid: hold first, charge second.
 *
 * <p>Start at {@link urgency.orders.Checkout}. Tables: orders.order_, orders.line, orders.audit.
 * Facts: OrderChanged. Never: calls the outside while a transaction is open.
 */
@NullMarked
package urgency.orders;

import org.jspecify.annotations.NullMarked;
