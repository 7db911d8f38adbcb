package urgency.payments;

import java.time.Instant;
import java.util.Optional;
import urgency.orders.Order;
import urgency.orders.PaymentDesk;

/** A desk that answers every look with the same state. */
final class TestDesk implements PaymentDesk {
  private volatile Optional<SessionState> answer = Optional.empty();
  private volatile int looks;

  void answer(SessionState state) {
    answer = Optional.of(state);
  }

  int looks() {
    return looks;
  }

  @Override
  public Opening open(Order order, Instant now) {
    return new Opening.NotNow("a test", Trouble.DOWN);
  }

  @Override
  public Closing close(Order.Session session) {
    return new Closing.Unknown("a test", Trouble.DOWN);
  }

  @Override
  public Refunding refund(MoneyBack wish) {
    return new Refunding.NotNow("a test", Trouble.DOWN);
  }

  @Override
  public synchronized Optional<SessionState> look(Order.Session session) {
    looks = looks + 1;
    return answer;
  }
}
