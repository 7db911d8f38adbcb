package urgency.scoring.backtest;

/** Data that cannot be read, with the place and what to do about it. */
final class MalformedData extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedData(String place, String trouble, String remedy) {
    super("%s: %s. Next step: %s.".formatted(place, trouble, remedy));
  }
}
