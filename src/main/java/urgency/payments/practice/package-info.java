/**
 * The practice till: speaks as Stripe does, signs, repeats and delays webhooks, and takes no money.
 *
 * <p>Start at {@link urgency.payments.practice.Till}. Its books are in {@code bank}, Stripe's API
 * over them in {@code api}, the shopper's page in {@code page}, forms and errors in {@code wire}.
 * Tables: practice.secret. Facts: none. Never: reads an order, or opens beside a Stripe key.
 */
@NullMarked
package urgency.payments.practice;

import org.jspecify.annotations.NullMarked;
