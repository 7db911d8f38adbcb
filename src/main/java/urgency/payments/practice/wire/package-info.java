/**
 * How Stripe's API is written: forms and their parameters in, JSON and error objects out.
 *
 * <p>Start at {@link urgency.payments.practice.wire.Params}. Tables: none. Facts: none. Never:
 * knows what a parameter is for.
 */
@NullMarked
package urgency.payments.practice.wire;

import org.jspecify.annotations.NullMarked;
