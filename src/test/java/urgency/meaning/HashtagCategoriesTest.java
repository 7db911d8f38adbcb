package urgency.meaning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import urgency.app.bars.HashtagLabels;

/**
 * How well a hashtag finds the categories it belongs to, among the 11,531 of TikTok Shop. What is
 * measured is in docs/benchmarks; {@code bin/backtest} prints it too.
 */
class HashtagCategoriesTest {
  private static final HashtagLabels LABELS = HashtagLabels.read(HashtagLabels.FOLDER);

  @Test
  void most_hashtags_find_their_category_first_and_nearly_all_among_five()
      throws NoSuchAlgorithmException {
    var looked = new ArrayList<String>();
    var apart = new ArrayList<String>();
    for (var it : LABELS.commercial(0)) (isLookedAt(it) ? looked : apart).add(it);
    var one = LABELS.hits(0, looked);
    var other = LABELS.hits(0, apart);
    var all = LABELS.hits(0, LABELS.commercial(0));

    System.err.printf("looked at: %s%nkept apart: %s%nall: %s%n", one, other, all);
    assertThat(all.tags()).isGreaterThanOrEqualTo(300);
    assertThat(all.atOne()).isGreaterThanOrEqualTo(0.85);
    assertThat(all.atFive()).isGreaterThanOrEqualTo(0.92);
    // What was never looked at must not be worse than what was: nothing was fitted to labels.
    assertThat(other.atFive()).isGreaterThanOrEqualTo(one.atFive());
  }

  /** Who changes how hashtags are read has new pairs to be decided, without sight of the labels. */
  @Test
  void nothing_near_is_open_between_the_two_labellings() {
    assertThat(LABELS.hasDecisions()).isTrue();
    assertThat(LABELS.open()).isZero();
    assertThat(LABELS.whereDecided().atFive()).isGreaterThanOrEqualTo(0.92);
  }

  @Test
  void a_pair_that_counts_as_a_link_is_right_in_93_of_100_cases() {
    var links = 0;
    var right = 0;
    for (var tag : LABELS.tags(0)) {
      for (var it : LABELS.best(tag)) {
        if (it.near() < 0.70) continue;
        links++;
        if (LABELS.fits(0, tag, it.category())) right++;
      }
    }

    System.err.printf("links %d, right %.3f%n", links, right / (double) links);
    assertThat(links).isGreaterThan(500);
    assertThat(right / (double) links).isGreaterThanOrEqualTo(0.93);
  }

  // Half of the hashtags, drawn by their digests, may be looked at when the reading is improved.
  private static boolean isLookedAt(String tag) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(tag.getBytes(UTF_8))[0] % 2 == 0;
  }
}
