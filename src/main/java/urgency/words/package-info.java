/**
 * Everything the shop says to shoppers, in every language it speaks.
 *
 * <p>Start at {@link urgency.words.Texts}; the sentences are in {@code messages}. Tables: none.
 * Facts: none. Never: decides whether something is said.
 */
@NullMarked
package urgency.words;

import org.jspecify.annotations.NullMarked;
