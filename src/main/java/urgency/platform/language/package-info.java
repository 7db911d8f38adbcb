/**
 * Which languages the shop speaks, and in which of them, and how calm, a request wants it.
 *
 * <p>Start at {@link urgency.platform.language.Languages}. Tables: none. Facts: none. Never: knows
 * a word of any of them.
 */
@NullMarked
package urgency.platform.language;

import org.jspecify.annotations.NullMarked;
