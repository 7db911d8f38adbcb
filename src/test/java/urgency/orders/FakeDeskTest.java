package urgency.orders;

final class FakeDeskTest implements PaymentDeskContract {
  private final FakeDesk desk = new FakeDesk();

  @Override
  public PaymentDesk desk() {
    return desk;
  }

  @Override
  public void pay(Order.Session session) {
    desk.pay(session);
  }
}
