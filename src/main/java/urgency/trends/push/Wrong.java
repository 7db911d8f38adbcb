package urgency.trends.push;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a delivery: row, field and remedy of each mistake, up to a bound. */
final class Wrong {
  private static final int MISTAKES_MAX = 20;

  /**
   * One mistake.
   *
   * @param row counted from 1; 0 for what concerns the whole delivery
   */
  record Mistake(int row, String field, String remedy) {
    @Override
    public String toString() {
      return row == 0 ? field + ": " + remedy : "row " + row + ", " + field + ": " + remedy;
    }
  }

  private final List<Mistake> mistakes = new ArrayList<>();
  private int unlisted;

  void add(int row, String field, String remedy) {
    if (mistakes.size() < MISTAKES_MAX) {
      mistakes.add(new Mistake(row, field, remedy));
    } else {
      unlisted++;
    }
  }

  boolean isEmpty() {
    return mistakes.isEmpty();
  }

  int count() {
    return mistakes.size() + unlisted;
  }

  List<Mistake> listed() {
    return List.copyOf(mistakes);
  }
}
