/**
 * The bars of the engine that need no recorded sales: what hashtags mean, shelves that come out the
 * same, times, and what a judge costs. The parts they are measured on are all over the shop.
 *
 * <p>Start at {@link urgency.app.bars.EngineBars}. Tables: none. Facts: none. Never: says that a
 * bar holds which it did not measure.
 */
@NullMarked
package urgency.app.bars;

import org.jspecify.annotations.NullMarked;
