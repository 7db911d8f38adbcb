/**
 * What this shop's own visitors do with its products: the first-party source, always on.
 *
 * <p>Start at {@link urgency.trends.ownshop.OwnShopSource}. Tables: none. Facts: none. Never:
 * becomes a trend that moves a score, since scoring reads the same sales itself.
 */
@NullMarked
package urgency.trends.ownshop;

import org.jspecify.annotations.NullMarked;
