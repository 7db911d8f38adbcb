/**
 * TikTok's Creative Center: trending hashtags from the anonymous JSON behind its public pages.
 *
 * <p>Start at {@link urgency.trends.creativecenter.CreativeCenterSource}. Tables: none. Facts:
 * none. Never: signs in, keeps cookies, forges signatures, follows a redirect, keeps a person's
 * data.
 */
@NullMarked
package urgency.trends.creativecenter;

import org.jspecify.annotations.NullMarked;
