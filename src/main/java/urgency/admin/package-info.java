/**
 * What an operator does: loading a catalogue or the demo shop; later the pages an operator sees.
 *
 * <p>Start at {@link urgency.admin.CatalogImport}. Tables: none. Facts: none. Never: leaves half of
 * a file loaded.
 */
@NullMarked
package urgency.admin;

import org.jspecify.annotations.NullMarked;
