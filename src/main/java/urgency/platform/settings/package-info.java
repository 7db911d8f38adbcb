/**
 * What the operator has set, and what may be set at all.
 *
 * <p>Start at {@link urgency.platform.settings.Settings}. Tables: none. Facts: none. Never: knows
 * what a key means.
 */
@NullMarked
package urgency.platform.settings;

import org.jspecify.annotations.NullMarked;
