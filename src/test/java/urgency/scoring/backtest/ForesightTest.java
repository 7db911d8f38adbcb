package urgency.scoring.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No score sees a day that had not come: another future leaves every past score as it was. */
class ForesightTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final int CUT = 60;
  private static final int DAYS = 200;

  @TempDir private Path folder = Path.of(".");

  @Test
  void another_future_of_sales_changes_no_past_score() throws IOException {
    var one = sales("one.csv", 1);
    var other = sales("other.csv", 2);

    var before = new RetailTrial(one).scores(one.until(CUT, RetailTrial.RECENT));
    var after = new RetailTrial(other).scores(other.until(CUT, RetailTrial.RECENT));

    assertThat(one.next(CUT, RetailTrial.RECENT, 7))
        .isNotEqualTo(other.next(CUT, RetailTrial.RECENT, 7));
    assertThat(after).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void another_future_changes_nothing_that_was_learnt_from_the_weeks_before() throws IOException {
    var one = breakOutsUntil(sales("one.csv", 1, CUT + 77), CUT + 77);
    var other = breakOutsUntil(sales("other.csv", 2, CUT + 77), CUT + 77);

    assertThat(one).isNotEmpty().isEqualTo(other);
  }

  @Test
  void another_future_of_feedback_changes_no_early_score() {
    var counts = new int[Feedback.SLICES];
    var others = new int[Feedback.SLICES];
    for (var i = 0; i < counts.length; i++) {
      counts[i] = i;
      others[i] = i < 18 ? i : 1000 + i;
    }

    var before = FeedbackTrial.scores(List.of(new Feedback.Item(1, counts)), 18);
    var after = FeedbackTrial.scores(List.of(new Feedback.Item(1, others)), 18);

    assertThat(after).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void a_later_reading_of_a_hashtag_does_not_bend_the_days_before_it() throws IOException {
    var rows = "date,tag,views\n2026-01-01,lamp,100\n2026-01-05,lamp,140\n";
    var late = Files.writeString(folder.resolve("late.csv"), rows + "2026-01-20,lamp,9999\n");
    var hashtags = Hashtags.read(List.of(CsvFile.open(late)));

    var views = hashtags.until("lamp", LocalDate.of(2026, 1, 6), 5, 3);

    assertThat(views).containsExactly(100, 110, 120, 130, 140, 140);
  }

  @Test
  void hashtags_that_nobody_reads_any_more_change_no_chance_of_the_others() throws IOException {
    assertThat(lastChances("all.csv", 40)).isEqualTo(lastChances("few.csv", 30));
  }

  // What was foretold of thirty tags in the last week.
  private double[] lastChances(String name, int readToTheEnd) throws IOException {
    var trial = new HashtagTrial(hashtags(name, readToTheEnd));
    trial.run();
    var all = trial.foretold();
    var from = all.length - readToTheEnd;
    return Arrays.copyOfRange(all, from, from + 30);
  }

  /** Forty tags on 98 days; after the last decision, on day 84, some are not read any more. */
  private Hashtags hashtags(String name, int readToTheEnd) throws IOException {
    var text = new StringBuilder("date,tag,views\n");
    for (var day = 0; day < 98; day++) {
      for (var tag = 0; tag < 40; tag++) {
        if (day > 84 && tag >= readToTheEnd) continue;
        var views = 1000L + day * (tag * 7L % 40) + (tag == day / 7 ? 5_000 : 0);
        text.append("%s,tag%02d,%d\n".formatted(START.plusDays(day), tag, views));
      }
    }
    return Hashtags.read(List.of(CsvFile.open(Files.writeString(folder.resolve(name), text))));
  }

  // Every chance foretold up to a day.
  private static List<Double> breakOutsUntil(Retail retail, int today) {
    var trial = new BreakOutTrial(BreakOutTrial.teaching(20));
    var trialOfRetail = new RetailTrial(retail);
    var chances = new ArrayList<Double>();
    for (var cut : trialOfRetail.cuts()) {
      if (cut > today) break;
      var past = retail.until(cut, RetailTrial.RECENT);
      trial
          .foretell(past.orders())
          .ifPresent(
              it -> {
                for (var chance : it) chances.add(chance);
              });
      trial.week(past, retail.next(cut, RetailTrial.RECENT, 7), java.util.Map.of());
    }
    return chances;
  }

  private Retail sales(String name, long future) throws IOException {
    return sales(name, future, CUT);
  }

  /** Sales that are the same until the end of a day and differ from then on. */
  private Retail sales(String name, long future, int cut) throws IOException {
    var text = new StringBuilder("date,stock_code,units,orders\n");
    for (var day = 0; day < DAYS; day++) {
      var random = new SplittableRandom(day <= cut ? day : day * 31L + future);
      for (var product = 0; product < 30; product++) {
        var orders = product == 0 ? 1 : random.nextInt(1 + product / 2);
        if (orders == 0) continue;
        text.append(
            "%s,%05d,%d,%d\n".formatted(START.plusDays(day), 10_000 + product, orders * 2, orders));
      }
    }
    return Retail.read(List.of(CsvFile.open(Files.writeString(folder.resolve(name), text))));
  }
}
