/**
 * What new hashtags mean for a shop, asked of the judges of meaning and kept for a while.
 *
 * <p>Start at {@link urgency.glossary.Glossary}. Tables: {@code glossary.tag}. Facts: none. Never:
 * moves a score; a reading is a suggestion until an operator takes it.
 */
@NullMarked
package urgency.glossary;

import org.jspecify.annotations.NullMarked;
