/**
 * Whether a node can serve, and what the ground counts, for those who watch over it.
 *
 * <p>Start at {@link urgency.platform.metrics.Figures}. Tables: none. Facts: none. Never: counts
 * anything about a person.
 */
@NullMarked
package urgency.platform.metrics;

import org.jspecify.annotations.NullMarked;
