package urgency.scoring.backtest;

import java.util.List;

/** Data that cannot be read, with the place and what to do about it. */
final class MalformedData extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Of none of it there is enough to measure anything. */
  MalformedData(List<String> missing) {
    super(String.join("\n", missing));
  }

  MalformedData(String place, String trouble, String remedy) {
    super("%s: %s. Next step: %s.".formatted(place, trouble, remedy));
  }
}
