/**
 * A list of somebody else's, read by the map that the operator gives: one address, one pointer per
 * field.
 *
 * <p>Start at {@link urgency.trends.vendor.VendorSource}. Tables: none. Facts: none. Never: guesses
 * where a field is.
 */
@NullMarked
package urgency.trends.vendor;

import org.jspecify.annotations.NullMarked;
