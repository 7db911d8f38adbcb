/**
 * How Anthropic is spoken to (Messages, Message Batches).
 *
 * <p>Start at {@link urgency.judging.anthropic.Messages}. Tables: none. Facts: none. Never: opens a
 * connection of its own.
 */
@NullMarked
package urgency.judging.anthropic;

import org.jspecify.annotations.NullMarked;
