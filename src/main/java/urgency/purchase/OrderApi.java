package urgency.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.storefront.Api;

/** Orders, for programs. Amounts are minor units; instants are ISO 8601 in UTC. */
final class OrderApi {
  private OrderApi() {}

  /** A wish to buy: each line says the price it was shown. */
  record NewOrder(List<NewLine> lines) {}

  record NewLine(String variant, int quantity, Api.Amount price) {}

  record Line(String product, String variant, String title, int quantity, Api.Amount price) {}

  /**
   * Why there is no order (RFC 9457).
   *
   * @param order address of the buyer's own order that has the units and waits for its payment
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Refusal(String title, int status, String detail, Optional<String> order) {}

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
      Api.Amount total,
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
                          Api.Amount.of(it.price())))
              .toList(),
          Api.Amount.of(order.total()),
          payable ? paymentUrl : Optional.empty());
    }
  }
}
