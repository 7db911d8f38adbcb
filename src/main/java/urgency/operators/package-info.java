/**
 * Who may operate the shop, how they prove it, and what they did.
 *
 * <p>Start at {@link urgency.operators.Door}. Tables: operators.operator, link, session, attempt,
 * act. Facts: none. Never: stores a password, a token or a session that could be used as it is.
 */
@NullMarked
package urgency.operators;

import org.jspecify.annotations.NullMarked;
