/**
 * How the trend sources fare, for those who watch by numbers and are called by alarms.
 *
 * <p>Start at {@link urgency.trends.figures.SourceGauges}. Tables: none. Facts: none. Never: tells
 * what a trend is.
 */
@NullMarked
package urgency.trends.figures;

import org.jspecify.annotations.NullMarked;
