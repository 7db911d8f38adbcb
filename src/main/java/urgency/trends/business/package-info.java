/**
 * TikTok's Marketing API, Discovery: trending hashtags with absolute daily views. Official; needs
 * the token of an ad account.
 *
 * <p>Start at {@link urgency.trends.business.BusinessSource}. Tables: none. Facts: none. Never:
 * takes HTTP 200 for success.
 */
@NullMarked
package urgency.trends.business;

import org.jspecify.annotations.NullMarked;
