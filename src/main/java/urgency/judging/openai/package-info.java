/**
 * How OpenAI is spoken to (Responses, Batch), and everything that took after its older form (Chat
 * Completions): Ollama, vLLM and other servers of local models.
 *
 * <p>Start at {@link urgency.judging.openai.Responses}. Tables: none. Facts: none. Never: opens a
 * connection of its own.
 */
@NullMarked
package urgency.judging.openai;

import org.jspecify.annotations.NullMarked;
