package urgency.admin;

import java.util.ArrayList;
import java.util.List;

/** The errors of one file, so that all can be mended in one go; at most a hundred. */
final class RowErrors {
  static final int MAX = 100;

  private final List<RowError> found = new ArrayList<>();

  void add(int line, String column, String wrong, String remedy) {
    if (!full()) found.add(new RowError(line, column, wrong, remedy));
  }

  boolean full() {
    return found.size() >= MAX;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** In the order of lines. */
  List<RowError> all() {
    return found.stream().sorted(java.util.Comparator.comparingInt(RowError::line)).toList();
  }
}
