/**
 * What Stripe would know and do: sessions, payments, refunds, disputes and the events that tell of
 * them. Each is a state machine whose every step leaves its event in the same transaction.
 *
 * <p>Start at {@link urgency.payments.practice.bank.Bank}. Tables: practice.object,
 * practice.session, practice.event, practice.delivery, practice.due, practice.secret. Facts: none.
 * Never: reads an order, speaks HTTP.
 */
@NullMarked
package urgency.payments.practice.bank;

import org.jspecify.annotations.NullMarked;
