package urgency.purchase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.orders.OrderId;
import urgency.shelf.Deal;
import urgency.storefront.Availability;
import urgency.storefront.Cues;
import urgency.storefront.Frame;
import urgency.storefront.Poster;
import urgency.storefront.Price;
import urgency.storefront.ProductView;
import urgency.storefront.ShelfView;
import urgency.words.Text;

/**
 * A cart at today's prices; the checkout shows the same with a notice and a key.
 *
 * @param rows what can be bought now
 * @param gone what cannot any more, and is not counted
 * @param total empty when there are no rows
 * @param saved against the lawful references, empty when nothing is
 * @param key makes a repeated order the same order
 */
record CartView(
    Frame frame,
    List<Row> rows,
    List<Row> gone,
    int units,
    Optional<Money> total,
    Optional<Money> saved,
    Notice notice,
    String key,
    boolean fromCart,
    Optional<Undo> undo) {

  /** What was just taken out, so that one tap puts it back. */
  record Undo(String variant, int units, String name) {}

  /** A variant of which the shopper has units in an own order that waits for its payment. */
  record Held(VariantId variant, OrderId order) {}

  /**
   * Bad news on top of a page; a title that says nothing means none.
   *
   * @param held leads to the order that is in the way
   */
  record Notice(Text title, Text detail, Optional<Held> held) {
    static final Notice NONE = new Notice(Text.NOTHING, Text.NOTHING);

    Notice(Text title, Text detail) {
      this(title, detail, Optional.empty());
    }
  }

  /**
   * One line.
   *
   * @param shown price of one unit as {@code 1819USD}, sent back with the order
   * @param fact what a shopper must know about it, such as why it is gone
   */
  record Row(
      String variant,
      String slug,
      String name,
      String variantName,
      int hue,
      Poster poster,
      Price price,
      Money sum,
      String shown,
      int units,
      int max,
      boolean flash,
      Instant closes,
      Text fact) {

    /** What the minus button asks for. */
    public int less() {
      return Math.max(1, units - 1);
    }

    /** What the plus button asks for. */
    public int more() {
      return Math.max(1, Math.min(max, units + 1));
    }
  }

  /** Where and how the view is used. */
  record Use(Text title, String tab, int inCart, Notice notice, String key, boolean fromCart) {}

  static CartView of(
      Cart cart,
      Optional<ShelfView.Shown> shown,
      Map<VariantId, Product> products,
      Instant now,
      Use use) {
    var rows = new ArrayList<Row>();
    var gone = new ArrayList<Row>();
    var total = Optional.<Money>empty();
    var saved = Optional.<Money>empty();
    var units = 0;
    for (var line : cart.lines()) {
      var product = products.get(line.variant());
      if (product == null) continue;
      var deal = shown.filter(it -> it.edition().openAt(now)).flatMap(it -> deal(it, line));
      var left = shown.map(it -> it.left().getOrDefault(line.variant(), 0)).orElse(0);
      if (deal.isEmpty() || left <= 0) {
        var held = use.notice().held().filter(it -> it.variant().equals(line.variant()));
        var why = held.isPresent() ? "held_in_order" : "sold_out";
        gone.add(gone(line, product, Text.of(deal.isEmpty() ? "left_the_shelf" : why)));
        continue;
      }
      var row = row(line, product, deal.get(), left, shown.get().cues().of(line.variant()));
      rows.add(row);
      units += row.units();
      total = plus(total, deal.get().price().times(row.units()));
      if (row.price().off() > 0) saved = plus(saved, saving(row.price()).times(row.units()));
    }
    return new CartView(
        Frame.of(
            Text.of("title_page", use.title()),
            Text.of("describes_cart"),
            use.tab(),
            use.inCart(),
            shown.flatMap(it -> it.ends(now))),
        List.copyOf(rows),
        List.copyOf(gone),
        units,
        total,
        saved,
        use.notice(),
        use.key(),
        use.fromCart(),
        Optional.empty());
  }

  CartView with(Optional<Undo> undo) {
    return new CartView(frame, rows, gone, units, total, saved, notice, key, fromCart, undo);
  }

  private static Row row(
      Cart.Line line, Product product, Deal deal, int left, Cues.OfVariant cues) {
    var price = deal.price();
    var max = Math.min(deal.perOrderMax(), left);
    var units = Math.min(line.units(), max);
    // What the last refusal taught us may be newer than what was checked.
    var few = Availability.leftText(cues.left().filter(it -> it.cue().units() == left));
    return new Row(
        line.variant().hex(),
        product.slug(),
        product.name(),
        variantName(product, line.variant()),
        Poster.hue(product.accent()),
        Poster.thumb(product),
        new Price(price, cues.was(), false),
        price.times(units),
        price.minor() + price.currency().getCurrencyCode(),
        units,
        max,
        cues.flash().isPresent(),
        cues.flash().map(it -> it.cue().until()).orElse(Instant.EPOCH),
        units < line.units() ? Text.of("fewer_than_wanted", max, line.units()) : few);
  }

  private static Row gone(Cart.Line line, Product product, Text fact) {
    return new Row(
        line.variant().hex(),
        product.slug(),
        product.name(),
        variantName(product, line.variant()),
        Poster.hue(product.accent()),
        Poster.thumb(product),
        Price.plain(product.lowestPrice()),
        product.lowestPrice().times(0),
        "",
        line.units(),
        0,
        false,
        Instant.EPOCH,
        fact);
  }

  private static String variantName(Product product, VariantId variant) {
    var name = ProductView.name(product, variant);
    return name.equals(product.name()) ? "" : name;
  }

  private static Optional<Deal> deal(ShelfView.Shown shown, Cart.Line line) {
    return shown.edition().deal(line.variant());
  }

  private static Money saving(Price price) {
    return price.was().minus(price.now());
  }

  private static Optional<Money> plus(Optional<Money> sum, Money more) {
    return Optional.of(sum.map(it -> it.plus(more)).orElse(more));
  }
}
