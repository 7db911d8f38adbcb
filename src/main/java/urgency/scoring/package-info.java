/**
 * Rates products for virality and urgency, with reasons that sum to the score.
 *
 * <p>Start at {@link urgency.scoring.Scoring}. Tables: scoring.score, scoring.run,
 * scoring.calibration, scoring.link_override, scoring.synonym, scoring.barred, scoring.risk,
 * scoring.approved_risk. Facts: none. Never: runs while a shopper waits.
 */
@NullMarked
package urgency.scoring;

import org.jspecify.annotations.NullMarked;
