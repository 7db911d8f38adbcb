package urgency.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import urgency.money.Money;
import urgency.orders.OrderStatus;
import urgency.orders.Placement;
import urgency.platform.http.BadInput;
import urgency.platform.language.Language;
import urgency.storefront.Samples;
import urgency.withdrawals.Withdrawals;
import urgency.words.Text;
import urgency.words.Texts;
import urgency.words.Wording;

class PurchaseViewsTest {
  private static final Wording ENGLISH = new Texts().in(Language.ENGLISH);

  @ParameterizedTest
  @EnumSource(OrderStatus.class)
  void every_status_has_words_and_only_an_open_order_can_be_paid(OrderStatus status) {
    var view =
        OrderView.of(
            Samples.order(status), OrderView.Asked.PLAIN, 0, Optional.empty(), Samples.NOW);

    assertThat(ENGLISH.plain(view.state().headline())).isNotBlank();
    assertThat(view.payable())
        .isEqualTo(status == OrderStatus.HELD || status == OrderStatus.AWAITING_PAYMENT);
    assertThat(view.steps()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(OrderStatus.class)
  void only_an_order_that_waits_for_its_money_is_said_to_be_refused_by_the_till(
      OrderStatus status) {
    var said = !OrderPages.notice("refused", status).equals(CartView.Notice.NONE);

    assertThat(said).isEqualTo(status.payable());
  }

  @Test
  void who_comes_back_from_the_till_is_not_asked_to_pay_again() {
    var view =
        OrderView.of(
            Samples.order(OrderStatus.AWAITING_PAYMENT),
            new OrderView.Asked(
                true, false, false, CartView.Notice.NONE, new Withdrawals.Way.None()),
            0,
            Optional.empty(),
            Samples.NOW);

    assertThat(view.payable()).isFalse();
    assertThat(ENGLISH.plain(view.state().headline())).isEqualTo("Confirming with the bank…");
  }

  @Test
  void every_refusal_says_that_nothing_was_charged() {
    for (var outcome : Samples.refusals()) {
      var notice = CheckoutPage.notice(outcome);

      assertThat(ENGLISH.plain(notice.title())).isNotBlank();
      assertThat(ENGLISH.plain(notice.detail())).containsIgnoringCase("nothing was charged");
      assertThat(CheckoutPage.status(outcome)).isIn(409, 410);
    }
  }

  @Test
  void a_cart_counts_what_can_be_bought_and_sets_the_rest_apart() {
    var shown = Samples.shown();
    var lamp = Samples.variant(1, 0);
    var gone = Samples.variant(4, 0);
    var products =
        Map.of(
            lamp, Samples.product(1, Samples.name(1)), gone, Samples.product(4, Samples.name(4)));
    var use = new CartView.Use(Text.of("cart"), "cart", 0, CartView.Notice.NONE, "", true);

    var view =
        CartView.of(
            Cart.EMPTY.plus(lamp, 9).plus(gone, 1), Optional.of(shown), products, Samples.NOW, use);

    assertThat(view.units()).isEqualTo(2);
    assertThat(view.total()).contains(Money.of(4014, "USD"));
    assertThat(view.saved()).contains(Money.of(2258, "USD"));
    assertThat(view.gone())
        .singleElement()
        .extracting(CartView.Row::fact)
        .isEqualTo(Text.of("sold_out"));
  }

  @Test
  void what_the_shopper_holds_in_another_order_is_not_said_to_be_sold_out() {
    var held = Samples.variant(4, 0);
    var order = Samples.order(OrderStatus.HELD).id();
    var notice = CheckoutPage.notice(new Placement.Outcome.HeldAlready(held, 0, order));
    var use = new CartView.Use(Text.of("checkout"), "cart", 0, notice, "key-12345", true);

    var view =
        CartView.of(
            Cart.EMPTY.plus(held, 1),
            Optional.of(Samples.shown()),
            Map.of(held, Samples.product(4, Samples.name(4))),
            Samples.NOW,
            use);

    assertThat(notice.held()).contains(new CartView.Held(held, order));
    assertThat(view.gone())
        .singleElement()
        .extracting(CartView.Row::fact)
        .isEqualTo(Text.of("held_in_order"));
  }

  @Test
  void after_the_edition_nothing_in_a_cart_can_be_bought() {
    var lamp = Samples.variant(1, 0);
    var use = new CartView.Use(Text.of("cart"), "cart", 0, CartView.Notice.NONE, "", true);

    var view =
        CartView.of(
            Cart.EMPTY.plus(lamp, 1),
            Optional.of(Samples.shown()),
            Map.of(lamp, Samples.product(1, Samples.name(1))),
            Samples.CLOSES,
            use);

    assertThat(view.rows()).isEmpty();
    assertThat(view.gone()).hasSize(1);
    assertThat(view.frame().closes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, 1USD",
    "zz, 1, 1USD",
    "HEX, 0, 1USD",
    "HEX, 10, 1USD",
    "HEX, 1, 1",
    "HEX, 1, 1XXZ"
  })
  void an_order_that_is_not_one_is_refused(String variant, int quantity, String shown) {
    var hex = variant.equals("HEX") ? Samples.variant(1, 0).hex() : variant;

    assertThatThrownBy(() -> CheckoutPage.lines(List.of(hex), List.of(quantity), List.of(shown)))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void an_order_is_read_line_by_line() {
    var lamp = Samples.variant(1, 0);

    var lines = CheckoutPage.lines(List.of(lamp.hex()), List.of(2), List.of("2007USD"));

    assertThat(lines).containsExactly(new Placement.Line(lamp, 2, Money.of(2007, "USD")));
  }

  @Test
  void an_idempotency_key_is_a_uuid() {
    var key = "0190a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b";

    assertThat(CheckoutPage.key("key", key)).isEqualTo(key);
    assertThatThrownBy(() -> CheckoutPage.key("key", "no")).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> CheckoutPage.key("key", "<script>alert(1)"))
        .isInstanceOf(BadInput.class);
  }
}
