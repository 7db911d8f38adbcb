/**
 * Arithmetic of chances and rates: weights that fade, curves that only rise, a logistic model and
 * the negative binomial. Written out, so that every machine gives the same bits: StrictMath, in a
 * fixed order.
 *
 * <p>Start at {@link urgency.statistics.Isotonic}. Tables: none. Facts: none. Never: knows what it
 * counts.
 */
@NullMarked
package urgency.statistics;

import org.jspecify.annotations.NullMarked;
