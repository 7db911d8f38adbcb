/**
 * A scorer without a network: the default, and what scores when another cannot.
 *
 * <p>Start at {@link urgency.scoring.rules.RulesScorer}. Tables: none. Facts: none. Never: gives
 * two answers to one question.
 */
@NullMarked
package urgency.scoring.rules;

import org.jspecify.annotations.NullMarked;
