/**
 * Trends from a file: a written month of demo data, replayed on the clock. The embedded default.
 *
 * <p>Start at {@link urgency.trends.recorded.RecordedSource}. Tables: none. Facts: none. Never:
 * claims to be anything but demo data.
 */
@NullMarked
package urgency.trends.recorded;

import org.jspecify.annotations.NullMarked;
