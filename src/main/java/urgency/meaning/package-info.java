/**
 * What words mean, as far as a machine without a network can tell: the pieces of a hashtag, and how
 * near two short texts are.
 *
 * <p>Start at {@link urgency.meaning.Meaning}. Tables: none; the word table is a resource, made by
 * {@code distill/run}. Facts: none. Never: asks anyone, or gives two answers to one question.
 */
@NullMarked
package urgency.meaning;

import org.jspecify.annotations.NullMarked;
