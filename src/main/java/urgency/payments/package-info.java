/**
 * Money in: the inbox of webhooks, the worker that settles them, the reconciler and the audit.
 *
 * <p>Start at {@link urgency.payments.Webhook}. Tables: payments.inbox, payments.cursor. Facts:
 * none. Never: answers 200 before the event is on disk.
 */
@NullMarked
package urgency.payments;

import org.jspecify.annotations.NullMarked;
