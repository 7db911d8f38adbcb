/**
 * Products we may sell: variants, prices and their history, media, past sales.
 *
 * <p>Start at {@link urgency.catalog.Catalog}. Tables: catalog.product, catalog.variant,
 * catalog.price, catalog.daily_sales, catalog.daily_interest. Facts: none. Never: decides what is
 * on the shelf, or knows how many units are left.
 */
@NullMarked
package urgency.catalog;

import org.jspecify.annotations.NullMarked;
