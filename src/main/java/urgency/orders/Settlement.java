package urgency.orders;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.inventory.Hold;
import urgency.inventory.Stock;

/**
 * The one door through which news about money enters an order: webhook, redirect, expiry and
 * reconciler all come here.
 *
 * <p>News is turned into facts and added to what is known, under the order's lock; what to do with
 * the units follows from the step that the facts made. So a repeat does nothing, and the order in
 * which news arrives does not matter. A transaction settles one order.
 */
@Singleton
public final class Settlement {
  /** What became of the news. */
  public sealed interface Outcome {
    record Applied(OrderStatus status) implements Outcome {}

    /** The order knew it already; nothing changed. */
    record Known(OrderStatus status) implements Outcome {}

    record NoSuchOrder() implements Outcome {}
  }

  /** Facts that follow from news, given the order that it is about. */
  @FunctionalInterface
  interface News {
    PaymentFacts about(Order order);
  }

  private final Stock stock;
  private final OrderBook book;
  private final OrderSettings settings;

  Settlement(Stock stock, OrderBook book, OrderSettings settings) {
    this.stock = stock;
    this.book = book;
    this.settings = settings;
  }

  /**
   * Locks the order, folds what the provider says into its facts, moves its units accordingly, and
   * leaves the fact, all in the caller's transaction.
   *
   * @param cause event id or other origin, for the audit
   */
  public Outcome settle(
      Handle tx, OrderId id, PaymentDesk.SessionState state, String cause, Instant now) {
    News news =
        order -> {
          reach(tx, order, state, now);
          return told(order, state, now);
        };
    return fold(tx, id, news, cause, now);
  }

  /**
   * Takes note of how much was asked to go back; what failed before is seen with it. The one who
   * asks calls the provider next.
   *
   * @param totalAskedMinor never the latest wish alone
   */
  public Outcome refundAsked(
      Handle tx, OrderId id, long totalAskedMinor, String cause, Instant now) {
    News news =
        it ->
            refund(
                RefundFacts.asked(totalAskedMinor)
                    .and(RefundFacts.seen(it.facts().refund().failedMinor())));
    return fold(tx, id, news, cause, now);
  }

  /**
   * Takes note of how much the charge says went back in all so far. Units stay sold.
   *
   * @param totalRefundedMinor never the latest refund alone
   */
  public Outcome refunded(
      Handle tx, OrderId id, long totalRefundedMinor, String cause, Instant now) {
    return fold(tx, id, _ -> refund(RefundFacts.charge(totalRefundedMinor)), cause, now);
  }

  /** Takes note of how one refund stands. */
  public Outcome refund(
      Handle tx, OrderId id, String refund, RefundFacts.Refund state, String cause, Instant now) {
    return fold(tx, id, _ -> refund(RefundFacts.of(refund, state)), cause, now);
  }

  /** Takes note of a dispute; it stands beside the status and moves no units. */
  public Outcome disputed(
      Handle tx, OrderId id, PaymentFacts.Dispute dispute, String cause, Instant now) {
    return fold(tx, id, _ -> PaymentFacts.disputed(dispute), cause, now);
  }

  /** A person says that a doubtful payment is a payment; its units are sold if they are there. */
  public Outcome accept(Handle tx, OrderId id, String by, Instant now) {
    News news =
        it -> {
          var facts = it.facts();
          if (!facts.doubtful()) return PaymentFacts.NONE;
          var taken = facts.takenMinor() > 0 ? facts.takenMinor() : it.total().minor();
          var at = facts.paidAt().orElse(now.truncatedTo(ChronoUnit.MICROS));
          return PaymentFacts.accepted(facts.mismatch())
              .and(PaymentFacts.paid(at, taken, facts.intent()));
        };
    return fold(tx, id, news, "accepted by " + by, now);
  }

  /**
   * A person says that this is no payment of the order, which {@link Expiry#shut} has proved to be
   * unpaid: it ends as one that nobody paid.
   *
   * @param mismatch as it was shown; what came to light since then is decided by itself
   */
  public Outcome reject(Handle tx, OrderId id, String mismatch, String by, Instant now) {
    News news =
        it ->
            it.facts().rejectable() && it.facts().nothingToPay()
                ? PaymentFacts.accepted(mismatch)
                : PaymentFacts.NONE;
    return fold(tx, id, news, "rejected by " + by, now);
  }

  Outcome fold(Handle tx, OrderId id, News news, String cause, Instant now) {
    var found = OrderBook.lock(tx, id);
    if (found.isEmpty()) return new Outcome.NoSuchOrder();
    var order = found.get();
    var facts = moveUnits(tx, order, order.facts().and(news.about(order)), now);
    if (facts.equals(order.facts())) return new Outcome.Known(order.status());
    var after = order.moved(order.session(), facts);
    book.save(tx, order, after, cause, now);
    return new Outcome.Applied(after.status());
  }

  // Whether the units of a late payment are still there is asked once, the moment it is known:
  // later the money may already be on its way back.
  private PaymentFacts moveUnits(Handle tx, Order order, PaymentFacts facts, Instant now) {
    var before = order.facts();
    if (facts.paidAt().isPresent()) {
      if (before.paidAt().isPresent()) return facts;
      if (before.released()) {
        return switch (stock.reacquire(tx, order.holdId(), now)) {
          case Hold.Granted(var _) -> facts.and(PaymentFacts.RESOLD);
          case Hold.SoldOut(var _, var _, var _) ->
              facts.and(PaymentFacts.refund(RefundFacts.asked(facts.takenMinor())));
        };
      }
      stock.sell(tx, order.holdId(), now);
      return facts;
    }
    var sentBack = facts.takenMinor() > 0 && facts.allBack();
    if (!before.released() && (facts.nothingToPay() || sentBack)) {
      stock.release(tx, order.holdId(), now);
      return facts.and(PaymentFacts.RELEASED);
    }
    return facts;
  }

  private void reach(Handle tx, Order order, PaymentDesk.SessionState state, Instant now) {
    var ours = order.session().filter(it -> it.id().equals(state.id())).isPresent();
    if (ours) state.email().ifPresent(it -> book.reached(tx, order.id(), it, now));
  }

  private PaymentFacts told(Order order, PaymentDesk.SessionState state, Instant now) {
    var mismatch = checked(order, state);
    if (mismatch.isPresent()) return mismatch.get();
    var at = order.facts().paidAt().orElse(now.truncatedTo(ChronoUnit.MICROS));
    return switch (state.status()) {
      case "expired" -> PaymentFacts.SESSION_EXPIRED;
      case "complete" ->
          switch (state.paymentStatus()) {
            case "paid", "no_payment_required" ->
                PaymentFacts.paid(at, order.total().minor(), intent(state));
            case "unpaid" -> PaymentFacts.SESSION_COMPLETE;
            case "failed" -> PaymentFacts.ASYNC_FAILED;
            default ->
                throw new IllegalArgumentException("payment status: " + state.paymentStatus());
          };
      case "open" -> PaymentFacts.NONE;
      default -> throw new IllegalArgumentException("session status: " + state.status());
    };
  }

  // A page of another order, of another price or for other goods must not sell this one. A foreign
  // page that took no money is no news.
  private Optional<PaymentFacts> checked(Order order, PaymentDesk.SessionState state) {
    var ours = order.session().map(Order.Session::id);
    if (ours.isPresent() && !ours.get().equals(state.id())) {
      var paying = "complete".equals(state.status());
      return Optional.of(
          paying ? PaymentFacts.mismatch("session " + state.id()) : PaymentFacts.NONE);
    }
    var currency = order.total().currency().getCurrencyCode();
    var sameCurrency = currency.equalsIgnoreCase(state.currency());
    if (state.amountMinor() != order.total().minor() || !sameCurrency) {
      var why =
          "amount %d %s instead of %d %s"
              .formatted(state.amountMinor(), state.currency(), order.total().minor(), currency);
      return Optional.of(
          sameCurrency && "paid".equals(state.paymentStatus())
              ? PaymentFacts.mismatch(why, Math.max(0, state.amountMinor()), intent(state))
              : PaymentFacts.mismatch(why));
    }
    if (state.live() != settings.livePayments()) {
      return Optional.of(PaymentFacts.mismatch(state.live() ? "live mode" : "test mode"));
    }
    return otherGoods(order, state);
  }

  // Only a payment would sell them: a page that ended unpaid is as good as any.
  private static Optional<PaymentFacts> otherGoods(Order order, PaymentDesk.SessionState state) {
    var paidFor = state.goods().filter(_ -> state.isPaid());
    if (paidFor.isEmpty() || paidFor.get().equals(order.goods())) return Optional.empty();
    var why = "goods %s instead of %s".formatted(paidFor.get(), order.goods());
    return Optional.of(PaymentFacts.mismatch(why, order.total().minor(), intent(state)));
  }

  private static PaymentFacts refund(RefundFacts refund) {
    return PaymentFacts.refund(refund);
  }

  private static String intent(PaymentDesk.SessionState state) {
    return state.paymentIntent().orElse("");
  }
}
