/**
 * Payment pages opened ahead of a drop, so that a rush does not wait for the provider's pace.
 *
 * <p>Start at {@link urgency.payments.spare.SpareDesk}. Tables: payments.spare. Facts: none. Never:
 * gives one page to two orders, or leaves one open when its edition is over.
 */
@NullMarked
package urgency.payments.spare;

import org.jspecify.annotations.NullMarked;
