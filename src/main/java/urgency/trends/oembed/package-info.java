/**
 * TikTok's oEmbed: whether a video may be shown in its own player, and its title. Official, free,
 * without a key.
 *
 * <p>Start at {@link urgency.trends.oembed.Embeds}. Tables: trends.embed. Facts: none. Never: asks
 * twice about a video, keeps its author, or hosts its media.
 */
@NullMarked
package urgency.trends.oembed;

import org.jspecify.annotations.NullMarked;
