/**
 * Stripe itself, or whatever speaks like it at the given address.
 *
 * <p>Start at {@link urgency.payments.stripe.StripeDesk}. Tables: none. Facts: none. Never: lets a
 * key or an answer's text into a message.
 */
@NullMarked
package urgency.payments.stripe;

import org.jspecify.annotations.NullMarked;
