package urgency.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.orders.Order;
import urgency.orders.OrderStatus;

/** Writes every page in every state to target/samples, for people to look at. */
class PageSamples {
  private static final Path FOLDER = Path.of("target", "samples");

  @Test
  void every_page_is_written_for_people_to_look_at() throws IOException {
    var pages = new TestPages();
    var written = new LinkedHashMap<String, String>();
    all().forEach((name, page) -> written.put(name, pages.render(page.template(), page.view())));

    Files.createDirectories(FOLDER);
    for (var it : written.entrySet()) {
      Files.writeString(FOLDER.resolve(it.getKey() + ".html"), it.getValue());
    }
    Files.writeString(FOLDER.resolve("all.css"), styles());
  }

  record Page(String template, Object view) {}

  static Map<String, Page> all() {
    var all = new LinkedHashMap<String, Page>();
    var shelf = ShelfView.of(Samples.shown(), Samples.NOW).orElseThrow();
    all.put("shelf", new Page("storefront/shelf", shelf));
    all.put("first-run", new Page("storefront/waiting", ShelfView.Waiting.of(Optional.empty())));
    all.put(
        "between",
        new Page(
            "storefront/waiting",
            ShelfView.Waiting.of(Optional.of(Samples.NOW.plus(Duration.ofMinutes(3))))));
    products(all);
    carts(all);
    orders(all);
    messages(all);
    return all;
  }

  private static void products(Map<String, Page> all) {
    var shown = Samples.shown();
    for (var at : new int[] {0, 1, 4, 6}) {
      var product = Samples.product(at, Samples.name(at));
      var slot = shown.edition().slots().get(at);
      all.put(
          "product-" + product.slug(),
          new Page("storefront/product", ProductView.onShelf(shown, slot, product)));
    }
    all.put(
        "product-over",
        new Page(
            "storefront/product",
            ProductView.offShelf(Optional.of(shown), Samples.product(2, Samples.name(2)))));
  }

  private static void carts(Map<String, Page> all) {
    var shown = Samples.shown();
    var products = new HashMap<VariantId, Product>();
    shown.products().values().forEach(it -> it.variants().forEach(v -> products.put(v.id(), it)));
    var cart =
        Cart.EMPTY
            .plus(Samples.variant(0, 1), 1)
            .plus(Samples.variant(1, 0), 2)
            .plus(Samples.variant(4, 0), 1);
    var plain = new CartView.Use("Cart", "cart", 4, CartView.Notice.NONE, "", true);
    all.put(
        "cart",
        new Page(
            "storefront/cart",
            CartView.of(cart, Optional.of(shown), products, Samples.NOW, plain)));
    all.put(
        "cart-empty",
        new Page(
            "storefront/cart",
            CartView.of(Cart.EMPTY, Optional.of(shown), products, Samples.NOW, plain)));
    var few = Cart.EMPTY.plus(Samples.variant(0, 1), 1).plus(Samples.variant(1, 0), 2);
    for (var outcome : Samples.refusals()) {
      var use =
          new CartView.Use("Checkout", "cart", 3, CheckoutPage.notice(outcome), "key-12345", true);
      all.put(
          "checkout-" + outcome.getClass().getSimpleName(),
          new Page(
              "storefront/checkout",
              CartView.of(few, Optional.of(shown), products, Samples.NOW, use)));
    }
    var use = new CartView.Use("Checkout", "cart", 3, CartView.Notice.NONE, "key-12345", true);
    all.put(
        "checkout",
        new Page(
            "storefront/checkout",
            CartView.of(few, Optional.of(shown), products, Samples.NOW, use)));
  }

  private static void orders(Map<String, Page> all) {
    var open = Optional.of(Samples.shown().edition());
    var every = new ArrayList<Order>();
    for (var status : OrderStatus.values()) {
      var order = Samples.order(status);
      every.add(order);
      all.put(
          "order-" + status.name().toLowerCase(Locale.ROOT),
          new Page("storefront/order", OrderView.of(order, false, CartView.Notice.NONE, 1, open)));
    }
    all.put(
        "order-confirming",
        new Page(
            "storefront/order",
            OrderView.of(
                Samples.order(OrderStatus.AWAITING_PAYMENT), true, CartView.Notice.NONE, 0, open)));
    all.put(
        "order-till-busy",
        new Page(
            "storefront/order",
            OrderView.of(
                Samples.order(OrderStatus.HELD), false, OrderPages.notice("later"), 0, open)));
    all.put("orders", new Page("storefront/orders", OrderView.listing(every, 0, open)));
    all.put("orders-empty", new Page("storefront/orders", OrderView.listing(List.of(), 0, open)));
  }

  private static void messages(Map<String, Page> all) {
    var shown = Optional.of(Samples.shown());
    all.put(
        "message-404",
        new Page(
            "storefront/message",
            MessagePage.view(404, "There is nothing at this address.", "", shown)));
    all.put(
        "message-500",
        new Page(
            "storefront/message",
            MessagePage.view(
                500, "That did not work. You were not charged.", "9f3a61c2", Optional.empty())));
  }

  private static String styles() throws IOException {
    try (var files = Files.list(Path.of("src/main/web/css"))) {
      return files
          .sorted(
              Comparator.comparing((Path it) -> !it.endsWith("layers.css"))
                  .thenComparing(Path::toString))
          .map(PageSamples::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException trouble) {
      throw new java.io.UncheckedIOException(trouble);
    }
  }
}
