/**
 * How a buyer gets out of a contract: cancelling before the payment, withdrawing after it.
 *
 * <p>Start at {@link urgency.withdrawals.Withdrawals}. Tables: withdrawals.statement. Facts: none;
 * orders tell of theirs. Never: loses a statement that a buyer was told it has received.
 */
@NullMarked
package urgency.withdrawals;

import org.jspecify.annotations.NullMarked;
