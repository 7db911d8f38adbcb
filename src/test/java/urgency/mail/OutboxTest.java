package urgency.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.RefundFacts;
import urgency.platform.language.Language;

class OutboxTest {
  private final MailWorld world = new MailWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_payment_told_ten_times_at_once_sends_one_receipt() {
    var order = world.opened(1);
    var paid =
        MailWorld.reachable(world.shop.desk.pay(order.session().orElseThrow()), "a@b.example");
    Callable<Object> told = () -> world.shop.settle(order.id(), paid, "evt_1");

    OrderWorld.atOnce(Collections.nCopies(10, told));
    world.send();
    world.send();

    assertThat(world.headlines()).containsExactly("It’s yours. Thank you.");
    assertThat(world.sent.getFirst().to().text()).isEqualTo("a@b.example");
  }

  @Test
  void a_letter_is_in_the_language_of_its_order_as_long_as_the_shop_speaks_it() {
    world.paid(1, Language.GERMAN);
    world.paid(2, Language.SPANISH);
    world.send();

    assertThat(world.headlines())
        .containsExactlyInAnyOrder("Es gehört dir. Danke.", "It’s yours. Thank you.");
  }

  @Test
  void a_letter_about_an_order_of_an_unknown_language_is_in_the_shops_own() {
    world.paid(1, Language.GERMAN);
    world.shop.database.change(tx -> tx.execute("update orders.order_ set language = null"));
    world.send();

    assertThat(world.headlines()).containsExactly("It’s yours. Thank you.");
  }

  @Test
  void a_transaction_that_fails_leaves_no_letter() {
    var order = world.opened(1);
    var paid =
        MailWorld.reachable(world.shop.desk.pay(order.session().orElseThrow()), "a@b.example");

    try {
      world.shop.database.change(
          tx -> {
            world.shop.settlement.settle(tx, order.id(), paid, "evt_1", OrderWorld.NOW);
            throw new IllegalStateException("the lamp fell");
          });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessageContaining("lamp");
    }

    assertThat(world.letters()).isEmpty();
    assertThat(address(order)).isEmpty();
  }

  @Test
  void an_order_that_ran_out_gets_no_letter_and_a_slow_payment_that_failed_gets_one() {
    var expired = world.opened(1);
    world.shop.settle(expired.id(), state(expired, "expired", "unpaid"), "evt_1");
    assertThat(world.letters()).isEmpty();

    var failed = world.opened(2);
    var slow = world.shop.desk.promise(failed.session().orElseThrow());
    world.shop.settle(failed.id(), MailWorld.reachable(slow, "a@b.example"), "evt_2");
    world.shop.settle(failed.id(), state(failed, "complete", "failed"), "evt_3");
    world.send();

    assertThat(world.shop.order(failed.id()).status()).isEqualTo(OrderStatus.PAYMENT_FAILED);
    assertThat(world.headlines()).containsExactly("Your payment did not go through");
  }

  @Test
  void each_refund_is_told_once_and_one_that_failed_is_not() {
    var order = world.paid(1);
    refund(order, "re_1", 500, RefundFacts.State.PENDING);
    refund(order, "re_1", 500, RefundFacts.State.SUCCEEDED);
    refund(order, "re_2", 700, RefundFacts.State.FAILED);

    world.send();

    assertThat(world.headlines())
        .containsExactlyInAnyOrder("It’s yours. Thank you.", "$5.00 is on its way back");
  }

  @Test
  void a_letter_without_an_address_waits_until_one_is_told() {
    var order = world.opened(1);
    world.shop.settle(order.id(), world.shop.desk.pay(order.session().orElseThrow()), "evt_1");
    world.send();
    assertThat(world.letters().getFirst().state()).isEqualTo(Outbox.State.NO_ADDRESS);

    world.shop.database.change(
        tx -> world.addresses.remember(tx, order.id(), MailWorld.ADA, world.now));
    world.send();

    assertThat(world.sent).hasSize(1);
  }

  @Test
  void the_address_of_a_foreign_page_is_not_kept() {
    var order = world.opened(1);
    var foreign =
        new SessionState("cs_other", "complete", "paid", 1_900, "USD", false, Optional.of("pi_1"));

    world.shop.settle(order.id(), MailWorld.reachable(foreign, "thief@b.example"), "evt_1");

    assertThat(address(order)).isEmpty();
  }

  @Test
  void what_is_no_address_is_not_kept() {
    for (var bad : HostileMail.ADDRESSES) {
      var order = world.opened(bad.hashCode());
      var paid = world.shop.desk.pay(order.session().orElseThrow());
      world.shop.settle(order.id(), MailWorld.reachable(paid, bad), "evt_" + bad.hashCode());
      assertThat(address(order)).as(bad).isEmpty();
    }
  }

  @Test
  void a_post_without_time_is_asked_again_later_and_later_and_then_a_person() {
    world.paid(1);
    world.answer = new Post.Outcome.NotNow("the server sleeps");
    for (var day = 0; day < MailSender.ATTEMPTS_MAX; day++) {
      world.send();
      world.send();
      world.now = world.now.plus(Duration.ofHours(3));
    }
    var letter = world.letters().getFirst();
    assertThat(letter.attempts()).isEqualTo(MailSender.ATTEMPTS_MAX);
    assertThat(letter.state()).isEqualTo(Outbox.State.DEAD);
    assertThat(letter.lastError()).isEqualTo("the server sleeps");

    world.answer = new Post.Outcome.Sent();
    var again =
        world.shop.database.<Integer>write(
            tx -> world.outbox.again(tx, Optional.empty(), world.now, 10));
    world.send();

    assertThat(again).isEqualTo(1);
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void a_letter_that_is_refused_does_not_keep_the_next_from_being_sent() {
    world.answer = new Post.Outcome.Refused("no such mailbox");
    world.paid(1);
    world.send();
    assertThat(world.letters().getFirst().state()).isEqualTo(Outbox.State.DEAD);

    world.answer = new Post.Outcome.Sent();
    world.paid(2);
    world.send();

    assertThat(world.sent).hasSize(1);
  }

  @Test
  void a_crash_between_the_post_and_the_note_repeats_the_same_letter_with_the_same_id() {
    world.paid(1);
    world.send();
    world.shop.database.change(
        tx -> tx.execute("update mail.letter set state = 'DUE', attempt_at = written_at"));

    world.send();

    assertThat(world.sent).hasSize(2);
    assertThat(world.sent.get(0).id()).isEqualTo(world.sent.get(1).id());
  }

  @Test
  void addresses_are_erased_after_their_time() {
    var order = world.paid(1);
    var kept = Duration.ofDays(60);

    assertThat(erased(kept.minusSeconds(1))).isZero();
    assertThat(erased(kept.plusSeconds(1))).isEqualTo(1);
    assertThat(address(order)).isEmpty();
  }

  @Test
  void a_shop_that_writes_no_letters_keeps_no_addresses() {
    var off = new Outbox(MailWorld.settings(MailSettings.Transport.OFF));
    world.shop.witnesses.clear();
    world.shop.witnesses.add(new OrderLetters(off, new Addresses(off)));

    var order = world.paid(1);

    assertThat(world.letters()).isEmpty();
    assertThat(address(order)).isEmpty();
  }

  private int erased(Duration after) {
    return world.shop.database.write(
        tx -> world.addresses.erase(tx, OrderWorld.NOW.plus(after), Duration.ofDays(60)));
  }

  private void refund(Order order, String id, long minor, RefundFacts.State state) {
    world.shop.database.change(
        tx ->
            world.shop.settlement.refund(
                tx,
                order.id(),
                id,
                new RefundFacts.Refund(Money.of(minor, "USD").minor(), state),
                "evt_" + id + state,
                OrderWorld.NOW));
  }

  private String address(Order order) {
    return world
        .shop
        .database
        .read(tx -> world.addresses.of(tx, order.id()))
        .map(EmailAddress::text)
        .orElse("");
  }

  private static SessionState state(Order order, String status, String payment) {
    return new SessionState(
        order.session().orElseThrow().id(),
        status,
        payment,
        order.total().minor(),
        "USD",
        false,
        Optional.empty());
  }
}
