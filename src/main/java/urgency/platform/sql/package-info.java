/**
 * PostgreSQL, embedded or external: connections, migrations, group commit, and the clock that all
 * processes share.
 *
 * <p>Start at {@link urgency.platform.sql.Database}. Tables: platform.migration. Facts: none.
 * Never: hides a statement; SQL is text where it is used.
 */
@NullMarked
package urgency.platform.sql;

import org.jspecify.annotations.NullMarked;
