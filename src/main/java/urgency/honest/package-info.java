/**
 * The pages on which the shop accounts for what it claims: what each cue means, the evidence of
 * those that stand, and the record of every day to take away.
 *
 * <p>Start at {@link urgency.honest.HonestPage}. Tables: none. Facts: none. Never: claims anything
 * itself.
 */
@NullMarked
package urgency.honest;

import org.jspecify.annotations.NullMarked;
