/**
 * What happened, stored in the same transaction and told to every node.
 *
 * <p>Start at {@link urgency.platform.facts.Facts}. Tables: platform.fact. Facts: none. Never:
 * carries state that a listener must trust.
 */
@NullMarked
package urgency.platform.facts;

import org.jspecify.annotations.NullMarked;
