/**
 * Trends that somebody brings: signed over HTTP, or as files in a watched folder.
 *
 * <p>Start at {@link urgency.trends.push.PushRoute}. Tables: trends.push. Facts: none. Never: takes
 * part of a delivery, or answers one key in two ways.
 */
@NullMarked
package urgency.trends.push;

import org.jspecify.annotations.NullMarked;
