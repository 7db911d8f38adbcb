package urgency.refunds;

import urgency.orders.OrderWorld;

/** Refunds for tests of other features. */
public final class RefundWorld {
  private RefundWorld() {}

  /** Those of a shop that puts no units back by itself. */
  public static Refunds refunds(OrderWorld shop) {
    return new Refunds(shop.orders, shop.settlement, shop.stock, new RefundSettings(false));
  }
}
