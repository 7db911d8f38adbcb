/**
 * The pages a shopper sees.
 *
 * <p>Start at {@link urgency.storefront.ShelfPage}. Tables: none. Facts: none. Never: decides a
 * price or a stock.
 */
@NullMarked
package urgency.storefront;

import org.jspecify.annotations.NullMarked;
