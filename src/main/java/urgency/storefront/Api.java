package urgency.storefront;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.money.Money;
import urgency.shelf.Deal;

/** What the pages say, for programs. Amounts are minor units; instants are ISO 8601 in UTC. */
final class Api {
  private Api() {}

  /** An amount, such as 1819 USD for $18.19. */
  record Amount(long minor, String currency) {
    static Amount of(Money money) {
      return new Amount(money.minor(), money.currency().getCurrencyCode());
    }
  }

  /**
   * One variant on the shelf.
   *
   * @param reference lowest price of the last 30 days; present only for a flash price
   */
  record Offer(
      String variant,
      String name,
      Amount price,
      Amount regular,
      Optional<Amount> reference,
      int percentOff,
      int stocked,
      int left,
      int sold,
      int perOrderMax) {}

  /** A product on the shelf, and why. */
  record Item(
      int place,
      String product,
      String slug,
      String name,
      int virality,
      int urgency,
      String reason,
      String evidence,
      String scorer,
      Instant scoredAt,
      boolean demo,
      List<Offer> offers) {}

  /** The open edition. */
  record Shelf(long number, Instant opensAt, Instant closesAt, List<Item> items) {
    static Shelf of(ShelfView.Shown shown) {
      var edition = shown.edition();
      var items =
          edition.slots().stream()
              .filter(it -> shown.products().containsKey(it.product()))
              .map(it -> item(shown, it.place()))
              .toList();
      return new Shelf(edition.number(), edition.opensAt(), edition.closesAt(), items);
    }
  }

  static Item item(ShelfView.Shown shown, int place) {
    var slot =
        shown.edition().slots().stream()
            .filter(it -> it.place() == place)
            .findFirst()
            .orElseThrow();
    var product = shown.products().get(slot.product());
    if (product == null) throw new IllegalStateException("unknown product: " + slot.product());
    return new Item(
        slot.place(),
        product.id().value().toString(),
        product.slug(),
        product.name(),
        slot.virality(),
        slot.urgency(),
        slot.reason(),
        slot.evidence(),
        slot.scorer(),
        slot.scoredAt(),
        product.demo(),
        slot.deals().stream()
            .map(
                it ->
                    offer(
                        it,
                        ProductView.name(product, it.variant()),
                        shown.left().getOrDefault(it.variant(), 0),
                        shown.sold().getOrDefault(it.variant(), 0)))
            .toList());
  }

  private static Offer offer(Deal deal, String name, int left, int sold) {
    return new Offer(
        deal.variant().value().toString(),
        name,
        Amount.of(deal.price()),
        Amount.of(deal.regular()),
        deal.flash() ? Optional.of(Amount.of(deal.reference())) : Optional.empty(),
        deal.percentOff(),
        deal.unitsStocked(),
        left,
        sold,
        deal.perOrderMax());
  }

  /** A wish to buy: each line says the price it was shown. */
  record NewOrder(List<NewLine> lines) {}

  record NewLine(String variant, int quantity, Amount price) {}

  record Line(String product, String variant, String title, int quantity, Amount price) {}

  /**
   * An order.
   *
   * @param paymentUrl where it is paid, while it can be
   */
  record Order(
      String id,
      String status,
      int version,
      Instant placedAt,
      Instant holdUntil,
      List<Line> lines,
      Amount total,
      Optional<String> paymentUrl) {
    static Order of(urgency.orders.Order order) {
      return of(order, order.session().map(urgency.orders.Order.Session::url));
    }

    static Order of(urgency.orders.Order order, Optional<String> paymentUrl) {
      var payable =
          switch (order.status()) {
            case HELD, AWAITING_PAYMENT -> true;
            case PROCESSING,
                RELEASING,
                PAID,
                PARTIALLY_REFUNDED,
                EXPIRED,
                PAYMENT_FAILED,
                REFUND_PENDING,
                REFUNDED,
                REFUND_FAILED,
                QUARANTINED ->
                false;
          };
      return new Order(
          order.id().toString(),
          order.status().name(),
          order.version(),
          order.placedAt(),
          order.holdUntil(),
          order.lines().stream()
              .map(
                  it ->
                      new Line(
                          it.product().value().toString(),
                          it.variant().value().toString(),
                          it.title(),
                          it.units(),
                          Amount.of(it.price())))
              .toList(),
          Amount.of(order.total()),
          payable ? paymentUrl : Optional.empty());
    }
  }
}
