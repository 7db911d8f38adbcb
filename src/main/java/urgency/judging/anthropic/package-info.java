/**
 * How Anthropic is spoken to (Messages).
 *
 * <p>Start at {@link urgency.judging.anthropic.Messages}. Tables: none. Facts: none. Never: opens a
 * connection.
 */
@NullMarked
package urgency.judging.anthropic;

import org.jspecify.annotations.NullMarked;
