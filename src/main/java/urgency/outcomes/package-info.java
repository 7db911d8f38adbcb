/**
 * What became of what was foretold: for each past edition and product the chances of then beside
 * what really happened, and what the scores learn from it.
 *
 * <p>Start at {@link urgency.outcomes.Outcomes}. Tables: {@code outcomes.*}. Facts: none. Never:
 * changes what a past edition was decided by.
 */
@NullMarked
package urgency.outcomes;

import org.jspecify.annotations.NullMarked;
