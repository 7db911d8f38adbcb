/**
 * Work on a schedule, run by one node at a time where it must be.
 *
 * <p>Start at {@link urgency.platform.jobs.Jobs}. Tables: none. Facts: none. Never: runs the same
 * job twice at once on a node.
 */
@NullMarked
package urgency.platform.jobs;

import org.jspecify.annotations.NullMarked;
