package urgency.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import urgency.money.Money;
import urgency.orders.PaymentDesk.Goods;

/**
 * A payment provider in memory. Sessions are real enough to be paid, finished and closed; the knobs
 * make it fail as a network does.
 */
public final class FakeDesk implements PaymentDesk {
  private record Page(Order.Session session, SessionState state) {}

  private final Map<OrderId, Order.Session> byOrder = new ConcurrentHashMap<>();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<String, Long> refunds = new ConcurrentHashMap<>();
  private volatile boolean refusesRefunds;
  private volatile boolean tooFast;
  private volatile boolean down;
  private volatile boolean losesAnswers;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public Opening open(Order order, Instant now) {
    calls.incrementAndGet();
    if (down) return new Opening.NotNow("down", Trouble.DOWN);
    if (tooFast) return new Opening.NotNow("too fast", Trouble.TOO_FAST);
    await();
    var session = byOrder.computeIfAbsent(order.id(), _ -> create(order, now));
    return losesAnswers
        ? new Opening.NotNow("answer lost", Trouble.DOWN)
        : new Opening.Opened(session);
  }

  @Override
  public Opening openSpare(Spare spare) {
    calls.incrementAndGet();
    if (down) return new Opening.NotNow("down", Trouble.DOWN);
    opened.incrementAndGet();
    var id = "cs_test_spare_" + spare.id();
    return new Opening.Opened(
        open(id, spare.price(), Goods.one(spare.variant()), spare.expiresAt()));
  }

  @Override
  public Closing close(Order.Session session) {
    calls.incrementAndGet();
    if (down) return new Closing.Unknown("down", Trouble.DOWN);
    await();
    var state = move(session.id(), "open", "expired", "unpaid");
    if (losesAnswers) return new Closing.Unknown("answer lost", Trouble.DOWN);
    return "expired".equals(state.status()) ? new Closing.Closed() : new Closing.Finished(state);
  }

  @Override
  public Optional<SessionState> look(Order.Session session) {
    calls.incrementAndGet();
    if (down || losesAnswers) return Optional.empty();
    return Optional.ofNullable(pages.get(session.id())).map(Page::state);
  }

  @Override
  public Refunding refund(MoneyBack wish) {
    calls.incrementAndGet();
    if (down) return new Refunding.NotNow("down", Trouble.DOWN);
    if (refusesRefunds) return new Refunding.Refused("no such charge");
    refunds.putIfAbsent(wish.key(), wish.amount().minor());
    if (losesAnswers) return new Refunding.NotNow("answer lost", Trouble.DOWN);
    var done = new RefundFacts.Refund(wish.amount().minor(), RefundFacts.State.SUCCEEDED);
    return new Refunding.Sent("re_" + wish.order() + "_" + wish.number(), done);
  }

  /** What went back, by key. */
  public Map<String, Long> refunds() {
    return Map.copyOf(refunds);
  }

  /** From now on every page is refused for haste. */
  public void tooFast(boolean tooFast) {
    this.tooFast = tooFast;
  }

  /** From now on no refund is taken. */
  public void refusesRefunds(boolean refuses) {
    refusesRefunds = refuses;
  }

  /** From now on nothing is answered, and nothing happens. */
  public void down(boolean down) {
    this.down = down;
  }

  /** From now on what is asked happens, but the answer is lost. */
  public void losesAnswers(boolean loses) {
    this.losesAnswers = loses;
  }

  /** Calls wait until the latch is open. */
  public void slowUntil(CountDownLatch gate) {
    this.gate = gate;
  }

  /** The shopper pays by card, if the page is still open. */
  public SessionState pay(Order.Session session) {
    return move(session.id(), "open", "complete", "paid");
  }

  /** The shopper finishes the page with a slow method. */
  public SessionState promise(Order.Session session) {
    return move(session.id(), "open", "complete", "unpaid");
  }

  /** The slow payment arrives. */
  public SessionState arrive(Order.Session session) {
    return decide(session, "paid");
  }

  /** The slow payment fails. */
  public SessionState fail(Order.Session session) {
    return decide(session, "failed");
  }

  /** From now on the provider says this of a page. */
  public void says(SessionState state) {
    pages.computeIfPresent(state.id(), (_, page) -> new Page(page.session(), state));
  }

  /** The state of the page of an order, also when the shop never heard of it. */
  public Optional<SessionState> of(OrderId order) {
    return Optional.ofNullable(byOrder.get(order))
        .flatMap(it -> Optional.ofNullable(pages.get(it.id())))
        .map(Page::state);
  }

  /** How many pages were ever made. */
  public int opened() {
    return opened.get();
  }

  /** How many calls were made. */
  public int calls() {
    return calls.get();
  }

  private Order.Session create(Order order, Instant now) {
    opened.incrementAndGet();
    var until = now.plus(Duration.ofMinutes(31));
    return open("cs_test_" + order.id(), order.total(), order.goods(), until);
  }

  private Order.Session open(String id, Money amount, Goods goods, Instant expiresAt) {
    var session = new Order.Session(id, "https://pay.example/c/" + id, expiresAt);
    var state =
        new SessionState(
            id,
            "open",
            "unpaid",
            amount.minor(),
            amount.currency().getCurrencyCode(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of(goods));
    pages.put(id, new Page(session, state));
    return session;
  }

  private SessionState move(String id, String from, String to, String payment) {
    return pages
        .computeIfPresent(
            id,
            (_, page) ->
                page.state().status().equals(from)
                    ? new Page(page.session(), state(page.state(), to, payment))
                    : page)
        .state();
  }

  private SessionState decide(Order.Session session, String payment) {
    return pages
        .computeIfPresent(
            session.id(),
            (_, page) ->
                page.state().status().equals("complete")
                        && page.state().paymentStatus().equals("unpaid")
                    ? new Page(page.session(), state(page.state(), "complete", payment))
                    : page)
        .state();
  }

  private static SessionState state(SessionState it, String status, String payment) {
    return new SessionState(
        it.id(),
        status,
        payment,
        it.amountMinor(),
        it.currency(),
        it.live(),
        Optional.of("pi_" + it.id()).filter(_ -> "paid".equals(payment)),
        it.email(),
        it.goods());
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
