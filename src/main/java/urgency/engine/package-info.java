/**
 * The engine shown to people: to operators why every product stands where it stands, with a hand on
 * the wheel; to everyone how the shelf is ranked and how far its chances can be trusted.
 *
 * <p>Start at {@link urgency.engine.WhyPage}. Tables: none. Facts: none. Never: decides anything; a
 * what-if is reckoned by the same pure functions and thrown away.
 */
@NullMarked
package urgency.engine;

import org.jspecify.annotations.NullMarked;
