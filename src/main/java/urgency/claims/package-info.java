/**
 * Honest urgency: what may be said to press, its evidence, and the public record of what was said.
 *
 * <p>Start at {@link urgency.claims.Claims}. Tables: claims.entry, claims.day, claims.ending.
 * Facts: none. Never: makes a number up, or changes what is on record.
 */
@NullMarked
package urgency.claims;

import org.jspecify.annotations.NullMarked;
