package urgency.scoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final double TINY = 1e-12;

  @Test
  void equal_scores_are_taken_in_the_order_of_ids() {
    assertThat(Metrics.order(new double[] {1, 3, 3, 2, -0.0, 0.0}))
        .containsExactly(1, 2, 3, 0, 4, 5);
  }

  @Test
  void equal_values_share_their_average_rank() {
    assertThat(Metrics.ranks(new double[] {5, 1, 5, 7})).containsExactly(2.5, 1, 2.5, 4);
  }

  @Test
  void rank_correlation_with_a_tie_is_the_one_by_hand() {
    // Ranks 1 2.5 2.5 4 against 1 2 3 4: covariance 4.5, spreads 4.5 and 5.
    var rho = Metrics.rho(new double[] {1, 2, 2, 3}, new double[] {10, 20, 30, 40});

    assertThat(rho).isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(TINY));
  }

  @Test
  void rank_correlation_without_spread_is_none() {
    assertThat(Metrics.rho(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isZero();
  }

  @Test
  void precision_counts_what_the_two_shelves_share() {
    var scores = new double[] {9, 8, 1, 2};
    var gains = new double[] {5, 0, 7, 1};

    assertThat(Metrics.precision(scores, gains, 2)).isEqualTo(0.5);
  }

  @Test
  void the_share_of_the_ideal_shelf_compares_gains() {
    var scores = new double[] {9, 8, 1, 2};
    var gains = new double[] {5, 0, 7, 1};

    assertThat(Metrics.idealShare(scores, gains, 2)).isCloseTo(5.0 / 12, within(TINY));
  }

  @Test
  void ndcg_discounts_later_places_by_the_logarithm() {
    var ndcg = Metrics.ndcg(new double[] {3, 2, 1}, new double[] {1, 2, 0}, 2);

    var second = Math.log(2) / Math.log(3);
    assertThat(ndcg).isCloseTo((1 + 2 * second) / (2 + second), within(TINY));
  }

  @Test
  void auc_counts_pairs_and_half_of_ties() {
    // Hits 3 and 2 against misses 2 and 1: won, won, tied, won.
    var auc = Metrics.auc(new double[] {3, 2, 2, 1}, new boolean[] {true, false, true, false});

    assertThat(auc).isEqualTo(3.5 / 4);
  }

  @Test
  void average_precision_is_the_mean_over_the_hits() {
    var ap =
        Metrics.averagePrecision(
            new double[] {4, 3, 2, 1}, new boolean[] {true, false, true, false});

    assertThat(ap).isCloseTo((1 + 2.0 / 3) / 2, within(TINY));
  }

  @Test
  void brier_is_the_mean_square_of_the_miss() {
    var brier = Metrics.brier(new double[] {0.8, 0.3}, new boolean[] {true, false});

    assertThat(brier).isCloseTo((0.04 + 0.09) / 2, within(TINY));
  }

  @Test
  void log_loss_is_the_mean_surprise() {
    var loss = Metrics.logLoss(new double[] {0.8, 0.3}, new boolean[] {true, false});

    assertThat(loss).isCloseTo(-(Math.log(0.8) + Math.log(0.7)) / 2, within(TINY));
  }

  @Test
  void ece_weighs_the_gap_of_each_bin_by_its_cases() {
    var chances = new double[] {0.9, 0.7, 0.2, 0.0};
    var hits = new boolean[] {true, true, false, true};

    // Bins of two: foretold 0.1 and came 0.5; foretold 0.8 and came 1.
    assertThat(Metrics.ece(chances, hits, 2)).isCloseTo((0.4 + 0.2) / 2, within(TINY));
  }

  @Test
  void bins_differ_by_at_most_one_case() {
    var bins = Metrics.bins(new double[] {0.1, 0.2, 0.3, 0.4, 0.5}, new boolean[5], 2);

    assertThat(bins).extracting(Metrics.Bin::cases).containsExactly(2, 3);
  }

  @Test
  void the_top_tenth_is_rounded_up_and_ties_go_by_id() {
    assertThat(Metrics.top(new double[] {1, 2, 2}, 0.1)).containsExactly(false, true, false);
  }

  @Test
  void ours_is_compared_with_the_best_baseline_date_by_date() {
    var means = new Report.Means();
    for (var figures : new double[][] {{0.5, 0.5, 0.1}, {0.7, 0.6, 0.1}, {0.9, 0.7, 0.1}}) {
      means.add("ours", "share", figures[0]);
      means.add("near", "share", figures[1]);
      means.add("far", "share", figures[2]);
    }

    // 0, 0.1 and 0.2 ahead: 0.1 in the mean, with a spread of 0.1 over three dates.
    var pair = means.pair("ours", "share");

    assertThat(pair.baseline()).isEqualTo("near");
    assertThat(pair.ahead()).isCloseTo(0.1, within(TINY));
    assertThat(pair.error()).isCloseTo(0.1 / Math.sqrt(3), within(TINY));
  }

  @Test
  void early_virality_weighs_total_and_rate_alike() {
    assertThat(EarlyVirality.of(Math.E - 1, Math.E - 1)).isCloseTo(1, within(TINY));
  }
}
