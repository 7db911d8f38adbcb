/**
 * The proof of the scores: walks forward through recorded data and measures what they foretold.
 *
 * <p>Start at {@link urgency.scoring.backtest.Backtest}. Tables: none. Facts: none. Never: lets a
 * score see a day that had not come.
 */
@NullMarked
package urgency.scoring.backtest;

import org.jspecify.annotations.NullMarked;
