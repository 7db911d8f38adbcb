/**
 * Ingest: what the world is watching now, with its evidence.
 *
 * <p>Start at {@link urgency.trends.Trends}. Tables: trends.observation, trends.source_state,
 * trends.payload, trends.request_day, trends.batch, trends.units_sold, trends.push_refusal. Facts:
 * none. Never: lets an answer that was not validated replace the last good one.
 */
@NullMarked
package urgency.trends;

import org.jspecify.annotations.NullMarked;
