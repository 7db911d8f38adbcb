/**
 * Editions: what is sold, at what price, until when.
 *
 * <p>Start at {@link urgency.shelf.Editions}. Tables: shelf.edition, shelf.slot, shelf.deal. Facts:
 * EditionPublished. Never: changes an edition that was published.
 */
@NullMarked
package urgency.shelf;

import org.jspecify.annotations.NullMarked;
