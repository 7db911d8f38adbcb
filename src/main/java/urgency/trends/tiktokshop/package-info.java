/**
 * TikTok Shop's affiliate interface: products with the units they sold. Official; needs an approved
 * app and the token of a creator or a seller.
 *
 * <p>Start at {@link urgency.trends.tiktokshop.TikTokShopSource}. Tables: {@code trends.token}.
 * Facts: none. Never: writes a token into a log or unsealed into a table, or signs other bytes than
 * it sends.
 */
@NullMarked
package urgency.trends.tiktokshop;

import org.jspecify.annotations.NullMarked;
