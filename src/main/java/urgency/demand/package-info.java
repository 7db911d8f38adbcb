/**
 * How many orders a product is to expect, from its own past: orders over the time in which it could
 * be had and was seen, pulled towards its category, and moved by its price; and what one of them
 * leaves over. Trends and judges come to it later.
 *
 * <p>Start at {@link urgency.demand.DemandHead}. Tables: none. Facts: none. Never: draws a random
 * number, or knows where a product stands.
 */
@NullMarked
package urgency.demand;

import org.jspecify.annotations.NullMarked;
