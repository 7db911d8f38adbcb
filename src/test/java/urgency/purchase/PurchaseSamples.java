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
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.mail.Seller;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.storefront.PageSamples;
import urgency.storefront.Samples;
import urgency.withdrawals.Withdrawals;
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
              "purchase/order", OrderView.of(order, OrderView.Asked.PLAIN, 1, open, Samples.NOW)));
    }
    all.put(
        "order-confirming",
        new PageSamples.Page(
            "purchase/order",
            OrderView.of(
                Samples.order(OrderStatus.AWAITING_PAYMENT),
                asked(true, false, new Withdrawals.Way.None()),
                0,
                open,
                Samples.NOW)));
    all.put(
        "order-till-busy",
        new PageSamples.Page(
            "purchase/order",
            OrderView.of(
                Samples.order(OrderStatus.HELD),
                asked(false, true, new Withdrawals.Way.Cancel()),
                0,
                open,
                Samples.NOW)));
    exits(all, open);
    all.put(
        "orders",
        new PageSamples.Page("purchase/orders", OrderView.listing(every, Map.of(), 0, open)));
    all.put(
        "orders-empty",
        new PageSamples.Page("purchase/orders", OrderView.listing(List.of(), Map.of(), 0, open)));
  }

  private static void exits(
      Map<String, PageSamples.Page> all, Optional<Claim<Cue.Countdown>> open) {
    var paid = Samples.order(OrderStatus.PAID);
    var seller =
        new Seller("Lamp & Co", List.of("1 Lamp Street"), "shop@shop.example", "", "Tax included.");
    var said =
        new Withdrawals.Statement(
            paid.id(), Withdrawals.Kind.WITHDRAW, "Ada", Samples.NOW, Optional.empty());
    var until = new Withdrawals.Way.Withdraw(Samples.NOW.plusSeconds(3600));
    for (var way : List.of(new Withdrawals.Way.Cancel(), until, new Withdrawals.Way.Out(said))) {
      all.put(
          "order-way-" + way.getClass().getSimpleName(),
          new PageSamples.Page(
              "purchase/order",
              OrderView.of(paid, asked(false, false, way), 0, open, Samples.NOW)));
    }
    all.put(
        "receipt", new PageSamples.Page("purchase/receipt", ReceiptView.of(paid, seller, 0, open)));
    var form = new ExitView.Form("", "", "l…@shop.example", CartView.Notice.NONE);
    all.put(
        "withdraw",
        new PageSamples.Page("purchase/withdraw", ExitView.of(paid, Samples.NOW, form, 0, open)));
    all.put(
        "cancel",
        new PageSamples.Page("purchase/cancel", ExitView.of(paid, Samples.NOW, form, 0, open)));
    all.put(
        "withdrawn",
        new PageSamples.Page(
            "purchase/withdrawn", ExitView.received(paid, said, form.known(), 0, open)));
  }

  private static OrderView.Asked asked(boolean fromTill, boolean waits, Withdrawals.Way way) {
    return new OrderView.Asked(fromTill, waits, !fromTill && !waits, CartView.Notice.NONE, way);
  }
}
