/**
 * Money back: who asked for it and why, and the calls that send it.
 *
 * <p>Start at {@link urgency.refunds.Refunds}. Tables: refunds.refund. Facts: none; orders tell of
 * theirs. Never: sends more than was taken.
 */
@NullMarked
package urgency.refunds;

import org.jspecify.annotations.NullMarked;
