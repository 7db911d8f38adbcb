/**
 * Whether judges are right, and how much they may count: learnt from what became of what they
 * judged, taken away by itself when they drift.
 *
 * <p>Start at {@link urgency.judging.measure.Measuring}. Tables: judging.standing, judging.trial,
 * judging.canary, judging.judgement. Facts: none. Never: gives a weight that was not measured.
 */
@NullMarked
package urgency.judging.measure;

import org.jspecify.annotations.NullMarked;
