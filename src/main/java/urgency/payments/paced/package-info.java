/**
 * Keeps the shop within what the payment provider allows.
 *
 * <p>Start at {@link urgency.payments.paced.PacedDesk}. Tables: payments.allowance. Facts: none.
 * Never: makes a shopper wait for a turn.
 */
@NullMarked
package urgency.payments.paced;

import org.jspecify.annotations.NullMarked;
