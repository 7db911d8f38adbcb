/**
 * The practice till: speaks as Stripe does, signs, repeats and delays webhooks, and takes no money.
 *
 * <p>Start at {@link urgency.payments.practice.Till}. Tables: practice.session, practice.event,
 * practice.delivery, practice.idempotency, practice.secret. Facts: none. Never: reads an order.
 */
@NullMarked
package urgency.payments.practice;

import org.jspecify.annotations.NullMarked;
