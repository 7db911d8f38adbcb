/**
 * Exact amounts of one currency.
 *
 * <p>Start at {@link urgency.money.Money}. Tables: none. Facts: none. Never: rounds without saying
 * how.
 */
@NullMarked
package urgency.money;

import org.jspecify.annotations.NullMarked;
