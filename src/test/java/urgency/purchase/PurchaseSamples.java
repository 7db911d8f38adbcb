package urgency.purchase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.storefront.PageSamples;
import urgency.storefront.Samples;
import urgency.words.Text;

/** Carts, checkouts and orders in every state. */
public final class PurchaseSamples {
  private PurchaseSamples() {}

  /** Every page by name. */
  public static Map<String, PageSamples.Page> all() {
    var all = new LinkedHashMap<String, PageSamples.Page>();
    carts(all);
    orders(all);
    return all;
  }

  private static void carts(Map<String, PageSamples.Page> all) {
    var shown = Samples.shown();
    var products = new HashMap<VariantId, Product>();
    shown.products().values().forEach(it -> it.variants().forEach(v -> products.put(v.id(), it)));
    var cart =
        Cart.EMPTY
            .plus(Samples.variant(0, 1), 1)
            .plus(Samples.variant(1, 0), 2)
            .plus(Samples.variant(4, 0), 1);
    var plain = new CartView.Use(Text.of("cart"), "cart", 4, CartView.Notice.NONE, "", true);
    all.put(
        "cart",
        new PageSamples.Page(
            "purchase/cart", CartView.of(cart, Optional.of(shown), products, Samples.NOW, plain)));
    all.put(
        "cart-empty",
        new PageSamples.Page(
            "purchase/cart",
            CartView.of(Cart.EMPTY, Optional.of(shown), products, Samples.NOW, plain)));
    var few = Cart.EMPTY.plus(Samples.variant(0, 1), 1).plus(Samples.variant(1, 0), 2);
    for (var outcome : Samples.refusals()) {
      var use =
          new CartView.Use(
              Text.of("checkout"), "cart", 3, CheckoutPage.notice(outcome), "key-12345", true);
      all.put(
          "checkout-" + outcome.getClass().getSimpleName(),
          new PageSamples.Page(
              "purchase/checkout",
              CartView.of(few, Optional.of(shown), products, Samples.NOW, use)));
    }
    var use =
        new CartView.Use(Text.of("checkout"), "cart", 3, CartView.Notice.NONE, "key-12345", true);
    all.put(
        "checkout",
        new PageSamples.Page(
            "purchase/checkout", CartView.of(few, Optional.of(shown), products, Samples.NOW, use)));
  }

  private static void orders(Map<String, PageSamples.Page> all) {
    var open = Samples.shown().cues().countdown();
    var every = new ArrayList<Order>();
    for (var status : OrderStatus.values()) {
      var order = Samples.order(status);
      every.add(order);
      all.put(
          "order-" + status.name().toLowerCase(Locale.ROOT),
          new PageSamples.Page(
              "purchase/order",
              OrderView.of(order, false, CartView.Notice.NONE, 1, open, Samples.NOW)));
    }
    all.put(
        "order-confirming",
        new PageSamples.Page(
            "purchase/order",
            OrderView.of(
                Samples.order(OrderStatus.AWAITING_PAYMENT),
                true,
                CartView.Notice.NONE,
                0,
                open,
                Samples.NOW)));
    all.put(
        "order-till-busy",
        new PageSamples.Page(
            "purchase/order",
            OrderView.of(
                Samples.order(OrderStatus.HELD),
                false,
                OrderPages.notice("later"),
                0,
                open,
                Samples.NOW)));
    all.put("orders", new PageSamples.Page("purchase/orders", OrderView.listing(every, 0, open)));
    all.put(
        "orders-empty",
        new PageSamples.Page("purchase/orders", OrderView.listing(List.of(), 0, open)));
  }
}
