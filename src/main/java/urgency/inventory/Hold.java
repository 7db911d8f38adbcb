package urgency.inventory;

import urgency.catalog.VariantId;

/** What became of a wish to set units aside. */
public sealed interface Hold {
  /** Every line is ours until the hold is sold or released. Asking again gives this again. */
  record Granted(HoldId id) implements Hold {}

  /** Fewer units are left of this variant than were asked for; nothing was set aside. */
  record SoldOut(HoldId id, VariantId variant, int left) implements Hold {}
}
