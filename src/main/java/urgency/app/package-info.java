/**
 * Chooses adapters by configuration: the only place that knows everything, and that has no logic.
 *
 * <p>Start at {@link urgency.app.Main}. Tables: none. Facts: none. Never: decides anything about
 * the shop.
 */
@NullMarked
package urgency.app;

import org.jspecify.annotations.NullMarked;
