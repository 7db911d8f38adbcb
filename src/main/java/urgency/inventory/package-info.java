/**
 * The units that are left, and the holds on them. Nothing else may promise a unit.
 *
 * <p>Start at {@link urgency.inventory.Stock}. Tables: inventory.stock, inventory.ledger,
 * inventory.short_day, inventory.counted. Facts: none. Never: takes a unit without a ledger row in
 * the same transaction.
 */
@NullMarked
package urgency.inventory;

import org.jspecify.annotations.NullMarked;
