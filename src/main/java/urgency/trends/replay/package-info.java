/**
 * Answers that were kept, read again with the readers of today: what a mended reader makes of them.
 *
 * <p>Start at {@link urgency.trends.replay.StoredAnswers}. Tables: none. Facts: none. Never: writes
 * anything.
 */
@NullMarked
package urgency.trends.replay;

import org.jspecify.annotations.NullMarked;
