/**
 * Which languages the shop speaks, and which of them a request asks for.
 *
 * <p>Start at {@link urgency.platform.language.Languages}. Tables: none. Facts: none. Never: knows
 * a word of any of them.
 */
@NullMarked
package urgency.platform.language;

import org.jspecify.annotations.NullMarked;
