/**
 * Finds products by words, however they are spelt, and what resembles what.
 *
 * <p>Start at {@link urgency.search.Search}. Tables: search.entry, search.word, search.neighbour,
 * search.state. Facts: none. Never: knows what is on the shelf.
 */
@NullMarked
package urgency.search;

import org.jspecify.annotations.NullMarked;
