/**
 * Stripe's API over the till's books: who may ask, how often, whether it was asked before, and what
 * each address does.
 *
 * <p>Start at {@link urgency.payments.practice.api.Api}. Tables: practice.idempotency. Facts: none.
 * Never: decides what may happen to a payment.
 */
@NullMarked
package urgency.payments.practice.api;

import org.jspecify.annotations.NullMarked;
