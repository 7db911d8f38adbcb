/**
 * The browser modules on their way to the browser. Start at {@link
 * urgency.platform.script.Modules}.
 *
 * <p>Tables: none. Facts: none. Never: changes a name, or knows a module by name but {@code main}.
 */
@NullMarked
package urgency.platform.script;

import org.jspecify.annotations.NullMarked;
