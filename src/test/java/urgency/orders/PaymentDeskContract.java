package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.orders.PaymentDesk.Closing;
import urgency.orders.PaymentDesk.Opening;

/**
 * What every {@link PaymentDesk} promises. A test of a desk implements this and brings a desk, and
 * a shopper who pays at it.
 */
public interface PaymentDeskContract {
  PaymentDesk desk();

  /** The instant of the test; a desk that speaks to a real clock gives the real one. */
  default Instant now() {
    return OrderWorld.NOW;
  }

  /** The shopper pays by card on the open page. */
  void pay(Order.Session session);

  @Test
  default void an_opened_page_is_open_and_asks_for_the_total_of_the_order() {
    var order = order();

    var state = desk().look(opened(order)).orElseThrow();

    assertThat(state.status()).isEqualTo("open");
    assertThat(state.paymentStatus()).isEqualTo("unpaid");
    assertThat(state.amountMinor()).isEqualTo(order.total().minor());
    assertThat(state.currency()).isEqualToIgnoringCase("USD");
  }

  @Test
  default void opening_twice_gives_the_same_page() {
    var order = order();

    assertThat(opened(order).id()).isEqualTo(opened(order).id());
  }

  @Test
  default void opening_again_later_gives_the_same_page() {
    var order = order();
    var first = opened(order);

    var later = desk().open(order, now().plusSeconds(90));

    assertThat(later)
        .isInstanceOfSatisfying(
            Opening.Opened.class, it -> assertThat(it.session().id()).isEqualTo(first.id()));
  }

  @Test
  default void two_orders_have_two_pages() {
    assertThat(opened(order()).id()).isNotEqualTo(opened(order()).id());
  }

  @Test
  default void the_page_outlives_the_hold() {
    var order = order();

    assertThat(opened(order).expiresAt()).isAfter(order.holdUntil());
  }

  @Test
  default void a_closed_page_can_be_closed_again() {
    var session = opened(order());

    assertThat(desk().close(session)).isEqualTo(new Closing.Closed());
    assertThat(desk().close(session)).isEqualTo(new Closing.Closed());
    assertThat(desk().look(session).orElseThrow().status()).isEqualTo("expired");
  }

  @Test
  default void a_paid_page_cannot_be_closed_and_tells_what_it_took() {
    var order = order();
    var session = opened(order);
    pay(session);

    assertThat(desk().close(session))
        .isInstanceOfSatisfying(
            Closing.Finished.class,
            it -> {
              assertThat(it.state().id()).isEqualTo(session.id());
              assertThat(it.state().status()).isEqualTo("complete");
              assertThat(it.state().paymentStatus()).isEqualTo("paid");
              assertThat(it.state().amountMinor()).isEqualTo(order.total().minor());
              assertThat(it.state().paymentIntent()).isPresent();
            });
  }

  private Order.Session opened(Order order) {
    if (desk().open(order, now()) instanceof Opening.Opened(var session)) return session;
    throw new AssertionError("not opened");
  }

  private Order order() {
    var now = now().truncatedTo(ChronoUnit.MICROS);
    var price = Money.of(1_900, "USD");
    return new Order(
        OrderId.fresh(),
        UUID.randomUUID(),
        "key",
        7,
        List.of(
            new Order.Line(
                new ProductId(new UUID(2, 1)), new VariantId(new UUID(0, 1)), "Lamp", 2, price)),
        price.times(2),
        now,
        now.plus(Duration.ofMinutes(10)),
        Optional.empty(),
        PaymentFacts.NONE,
        OrderStatus.HELD,
        1);
  }
}
