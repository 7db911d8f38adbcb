package urgency.engine;

import java.time.LocalDate;
import java.util.List;

/**
 * What the back-test that comes with the shop measured, for as long as the shop has no outcomes of
 * its own: {@code docs/benchmarks}, the newest report of {@code bin/backtest --write}. A test
 * compares the two.
 */
final class ShippedFigures {
  /** The day of the report. */
  static final LocalDate MEASURED = LocalDate.of(2026, 11, 26);

  static final int CASES = 28_324;

  /** Share of the cases that sold out. */
  static final double SOLD_OUT = 0.378;

  /**
   * One way to foretell.
   *
   * @param key of what it is called
   * @param ours whether it is what the shop uses
   * @param brier mean squared error; lower is better
   * @param ece mean distance between what is foretold and what comes; lower is better
   */
  record Figure(String key, boolean ours, double brier, double ece) {}

  /** Will the stock last a week? */
  static final List<Figure> SELL_OUT =
      List.of(
          new Figure("rank_ours", true, 0.1819, 0.0164),
          new Figure("rank_ratio", false, 0.2031, 0.0805),
          new Figure("rank_average", false, SOLD_OUT * (1 - SOLD_OUT), 0));

  /** Will it be among the tenth that grows most? As a shop learns it from its own sales. */
  static final List<Figure> BREAK_OUT =
      List.of(
          new Figure("rank_learnt", false, 0.0869, 0.0071),
          new Figure("rank_one_in_ten", false, 0.0901, 0.0029));

  /** How often a true break-out is ranked above another product; a coin gives 0.5. */
  static final double BREAK_OUT_FOUND = 0.6524;

  /** The same for "half velocity, some acceleration, some total". */
  static final double BREAK_OUT_FOUND_BY_MIX = 0.4366;

  private ShippedFigures() {}
}
