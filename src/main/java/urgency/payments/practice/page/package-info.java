/**
 * The payment page of the practice till, and the bank's page that some cards lead to. Both say in
 * large letters that they are for practice, and work without JavaScript.
 *
 * <p>Start at {@link urgency.payments.practice.page.PayPage}. Tables: none. Facts: none. Never:
 * keeps, logs or repeats a number that is not a published test card's.
 */
@NullMarked
package urgency.payments.practice.page;

import org.jspecify.annotations.NullMarked;
