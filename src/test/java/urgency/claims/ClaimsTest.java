package urgency.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.claims.Sound.CLOSES;
import static urgency.claims.Sound.NOW;
import static urgency.claims.Sound.OPENS;
import static urgency.claims.Sound.PRICE;
import static urgency.claims.Sound.REGULAR;
import static urgency.claims.Sound.event;
import static urgency.claims.Sound.place;
import static urgency.claims.Sound.prices;
import static urgency.claims.Sound.trend;
import static urgency.claims.Sound.units;
import static urgency.claims.Sound.viewers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.claims.Verdict.Refused;
import urgency.money.Money;

/** The rules of honest urgency, each by what it lets through and what it does not. */
class ClaimsTest {
  private static final Instant LATER = NOW.plusSeconds(60);

  @Test
  void rule_1_a_countdown_ends_when_the_stored_event_does() {
    accepted(Claims.check(new Cue.Countdown(OPENS, CLOSES), event(), NOW));
    refused(Rule.FIXED_END, Claims.check(new Cue.Countdown(OPENS, LATER), event(), NOW));
  }

  @Test
  void rule_1_an_end_that_was_moved_after_it_was_shown_is_not_counted_down() {
    var moved = new Evidence.Event("edition 812", OPENS, CLOSES, CLOSES.minusSeconds(1), NOW);

    refused(Rule.FIXED_END, Claims.check(new Cue.Countdown(OPENS, CLOSES), moved, NOW));
  }

  @Test
  void rule_1_a_flash_chip_counts_to_the_end_of_its_price() {
    refused(Rule.FIXED_END, Claims.check(new Cue.FlashPrice(PRICE, LATER), prices(), NOW));
  }

  @Test
  void rule_2_nothing_counts_down_before_its_beginning_or_after_its_end() {
    var early = new Evidence.Event("edition 812", OPENS, CLOSES, CLOSES, OPENS.minusSeconds(1));

    refused(
        Rule.REAL_END,
        Claims.check(new Cue.Countdown(OPENS, CLOSES), early, OPENS.minusSeconds(1)));
    refused(Rule.FIXED_END, Claims.check(new Cue.Countdown(OPENS, LATER), event(), CLOSES));
    refused(Rule.REAL_END, Claims.check(new Cue.Countdown(OPENS, CLOSES), event(), CLOSES));
  }

  @Test
  void rule_2_a_flash_price_is_over_at_its_end_to_the_millisecond() {
    var cue = new Cue.FlashPrice(PRICE, CLOSES);

    accepted(Claims.check(cue, prices(), CLOSES.minusMillis(1)));
    refused(Rule.REAL_END, Claims.check(cue, prices(), CLOSES));
  }

  @Test
  void rule_2_a_price_that_stays_the_same_afterwards_is_no_flash_price() {
    var same =
        new Evidence.Prices(
            PRICE,
            PRICE,
            Optional.of(REGULAR),
            Instant.EPOCH,
            Optional.empty(),
            OPENS,
            CLOSES,
            NOW);

    refused(Rule.REAL_END, Claims.check(new Cue.FlashPrice(PRICE, CLOSES), same, NOW));
  }

  @Test
  void rule_2_a_price_that_is_not_asked_is_no_claim() {
    var other = Money.of(999, "USD");

    refused(Rule.REAL_END, Claims.check(new Cue.FlashPrice(other, CLOSES), prices(), NOW));
    refused(Rule.WAS_PRICE, Claims.check(new Cue.WasPrice(other, REGULAR, 68), prices(), NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {1819, 1500})
  void rule_3_a_last_chance_is_not_run_again_as_cheap_or_cheaper(long lastFlash) {
    var again =
        prices(
            Optional.of(REGULAR),
            OPENS.minus(Duration.ofDays(45)),
            Optional.of(Money.of(lastFlash, "USD")));

    refused(Rule.NO_RERUN, Claims.check(new Cue.FlashPrice(PRICE, CLOSES), again, NOW));
  }

  @Test
  void rule_3_a_price_that_was_never_so_low_may_be_a_flash_price() {
    var dearer =
        prices(
            Optional.of(Money.of(1999, "USD")),
            OPENS.minus(Duration.ofDays(45)),
            Optional.of(Money.of(1999, "USD")));

    accepted(Claims.check(new Cue.FlashPrice(PRICE, CLOSES), dearer, NOW));
  }

  @ParameterizedTest
  @CsvSource({"4, true", "5, true", "1, true", "15, true", "16, false", "0, false"})
  void rule_4_few_are_five_or_a_seventh(int left, boolean said) {
    var verdict = Claims.check(new Cue.UnitsLeft(left), units(100, 100 - left, left), NOW);

    assertThat(verdict.accepted().isPresent()).isEqualTo(said);
  }

  @Test
  void rule_4_the_number_left_is_neither_rounded_nor_old_nor_negative_nor_too_many() {
    refused(Rule.UNITS_LEFT, Claims.check(new Cue.UnitsLeft(3), units(50, 46, 4), NOW));
    refused(Rule.UNITS_LEFT, Claims.check(new Cue.UnitsLeft(4), units(50, 46, 4), LATER));
    refused(Rule.UNITS_LEFT, Claims.check(new Cue.UnitsLeft(-1), units(50, 46, -1), NOW));
    refused(Rule.UNITS_LEFT, Claims.check(new Cue.UnitsLeft(4), units(3, 0, 4), NOW));
  }

  @Test
  void rule_4_few_are_left_is_not_said_while_more_are_on_the_way() {
    var booked = new Evidence.Units(50, 46, 4, Optional.of(NOW.plus(Duration.ofHours(71))), NOW);
    var far = new Evidence.Units(50, 46, 4, Optional.of(NOW.plus(Duration.ofHours(73))), NOW);

    refused(Rule.UNITS_LEFT, Claims.check(new Cue.UnitsLeft(4), booked, NOW));
    accepted(Claims.check(new Cue.UnitsLeft(4), far, NOW));
  }

  @Test
  void rule_5_viewers_are_counted_people_of_this_minute_from_the_floor_on() {
    accepted(Claims.check(new Cue.Viewers(3), viewers(3), NOW));
    refused(Rule.VIEWERS, Claims.check(new Cue.Viewers(2), viewers(2), NOW));
    refused(Rule.VIEWERS, Claims.check(new Cue.Viewers(9), viewers(3), NOW));
    refused(Rule.VIEWERS, Claims.check(new Cue.Viewers(3), viewers(3), NOW.plusSeconds(21)));
  }

  @Test
  void rule_5_a_long_window_and_programs_make_no_audience() {
    var long_ = new Evidence.Count(9, 3, Duration.ofSeconds(61), false, NOW);
    var programs = new Evidence.Count(9, 3, Duration.ofSeconds(15), true, NOW);

    refused(Rule.VIEWERS, Claims.check(new Cue.Viewers(9), long_, NOW));
    refused(Rule.VIEWERS, Claims.check(new Cue.Viewers(9), programs, NOW));
  }

  @Test
  void rule_6_sold_are_paid_units_of_this_edition() {
    accepted(Claims.check(new Cue.UnitsSold(46), units(50, 46, 4), NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.UnitsSold(47), units(50, 46, 4), NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.UnitsSold(0), units(50, 0, 50), NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.UnitsSold(60), units(50, 60, 0), NOW));
  }

  @Test
  void rule_6_just_bought_is_a_payment_of_the_last_minute() {
    var minute = Duration.ofSeconds(60);
    var now = new Evidence.Purchase(1, minute, NOW.minusSeconds(5), NOW);
    var old = new Evidence.Purchase(1, minute, NOW.minusSeconds(61), NOW);
    var future = new Evidence.Purchase(1, minute, NOW.plusSeconds(61), NOW);

    accepted(Claims.check(new Cue.JustBought(1), now, NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.JustBought(2), now, NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.JustBought(1), old, NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.JustBought(1), future, NOW));
  }

  @Test
  void rule_6_a_heart_is_a_device() {
    var one = new Evidence.Count(1, 1, Duration.ZERO, false, NOW);

    accepted(Claims.check(new Cue.Likes(1), one, NOW));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.Likes(12_400), one, NOW));
  }

  @Test
  void rule_7_was_is_the_lowest_price_of_thirty_days_and_the_percentage_is_of_that() {
    accepted(Claims.check(new Cue.WasPrice(PRICE, REGULAR, 41), prices(), NOW));
    refused(Rule.WAS_PRICE, Claims.check(new Cue.WasPrice(PRICE, REGULAR, 42), prices(), NOW));
    refused(
        Rule.WAS_PRICE,
        Claims.check(new Cue.WasPrice(PRICE, Money.of(4000, "USD"), 54), prices(), NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {1819, 1700})
  void rule_7_equal_or_lower_references_are_no_reduction(long lowest) {
    var equal =
        prices(
            Optional.of(Money.of(lowest, "USD")),
            OPENS.minus(Duration.ofDays(45)),
            Optional.empty());

    refused(
        Rule.WAS_PRICE,
        Claims.check(new Cue.WasPrice(PRICE, Money.of(lowest, "USD"), 0), equal, NOW));
    refused(Rule.WAS_PRICE, Claims.check(new Cue.FlashPrice(PRICE, CLOSES), equal, NOW));
  }

  @Test
  void rule_7_without_thirty_days_of_prices_nothing_is_struck_through() {
    var young = prices(Optional.of(REGULAR), OPENS.minus(Duration.ofDays(29)), Optional.empty());
    var none = prices(Optional.empty(), OPENS.minus(Duration.ofDays(45)), Optional.empty());

    refused(Rule.WAS_PRICE, Claims.check(new Cue.WasPrice(PRICE, REGULAR, 41), young, NOW));
    refused(Rule.WAS_PRICE, Claims.check(new Cue.WasPrice(PRICE, REGULAR, 41), none, NOW));
  }

  @Test
  void rule_7_a_price_in_another_currency_is_no_reference() {
    var euro =
        prices(
            Optional.of(Money.of(3136, "EUR")), OPENS.minus(Duration.ofDays(45)), Optional.empty());

    refused(Rule.WAS_PRICE, Claims.check(new Cue.FlashPrice(PRICE, CLOSES), euro, NOW));
  }

  @Test
  void rule_8_a_trend_has_a_source_and_is_younger_than_48_hours() {
    var cue = new Cue.Trending("#lamp is rising");

    accepted(Claims.check(cue, trend(NOW.minus(Duration.ofHours(47))), NOW));
    refused(Rule.BADGE, Claims.check(cue, trend(NOW.minus(Duration.ofHours(49))), NOW));
    refused(Rule.BADGE, Claims.check(cue, trend(NOW.plusSeconds(1)), NOW));
    refused(
        Rule.BADGE, Claims.check(cue, new Evidence.Trend("", cue.words(), NOW, false, NOW), NOW));
    refused(Rule.BADGE, Claims.check(new Cue.Trending("#viral"), trend(NOW), NOW));
  }

  @Test
  void rule_8_a_rank_is_a_place_on_the_open_shelf() {
    accepted(Claims.check(new Cue.Rank(2), place(2, 9), NOW));
    refused(Rule.BADGE, Claims.check(new Cue.Rank(1), place(2, 9), NOW));
    refused(Rule.BADGE, Claims.check(new Cue.Rank(4), place(4, 9), NOW));
    refused(Rule.BADGE, Claims.check(new Cue.Rank(2), place(2, 9), CLOSES));
  }

  @Test
  void rule_9_a_drop_has_units_and_says_how_many_one_order_may_have() {
    accepted(Claims.check(new Cue.DailyDrop(50, 2), place(1, 9), NOW));
    refused(Rule.NO_BAIT, Claims.check(new Cue.DailyDrop(50, 2), place(1, 0), NOW));
    refused(Rule.NO_BAIT, Claims.check(new Cue.DailyDrop(50, 2), place(1, 51), NOW));
    refused(Rule.NO_BAIT, Claims.check(new Cue.DailyDrop(99, 2), place(1, 9), NOW));
    refused(Rule.NO_BAIT, Claims.check(new Cue.DailyDrop(50, 5), place(1, 9), NOW));
    refused(Rule.BADGE, Claims.check(new Cue.DailyDrop(50, 2), place(2, 9), NOW));
  }

  @Test
  void rule_10_held_for_you_is_a_hold_with_its_own_end() {
    var cue = new Cue.HeldForYou(LATER);

    accepted(Claims.check(cue, new Evidence.Hold(true, LATER, NOW), NOW));
    refused(Rule.HELD, Claims.check(cue, new Evidence.Hold(false, LATER, NOW), NOW));
    refused(Rule.HELD, Claims.check(cue, new Evidence.Hold(true, CLOSES, NOW), NOW));
    refused(Rule.HELD, Claims.check(cue, new Evidence.Hold(true, LATER, NOW), LATER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hurry, it is nice",
        "No thanks, I hate saving",
        "Someone in Berlin likes it",
        "Act now"
      })
  void rule_11_words_that_press_are_found(String words) {
    assertThat(PressingWords.pressure(words)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Only three left",
        "It sells out within the hour",
        "Saves $5",
        "50% softer",
        "Clinically proven glow",
        "A best-seller everywhere",
        "Treats dry skin"
      })
  void rule_14_a_model_may_not_add_a_claim(String text) {
    refused(
        Rule.NO_ADDED_CLAIMS,
        Claims.check(new Cue.Reason(text), new Evidence.Author("a model", false, NOW), NOW));
  }

  @Test
  void rule_14_plain_words_and_computed_sentences_pass() {
    var plain = new Cue.Reason("Its warm light fits what people film in their rooms.");
    var computed = new Cue.Reason("About 3.2 orders expected in 4 h with 12 left.");

    accepted(Claims.check(plain, new Evidence.Author("a model", false, NOW), NOW));
    accepted(Claims.check(computed, new Evidence.Author("rules v3", true, NOW), NOW));
  }

  @Test
  void evidence_from_the_future_means_that_a_clock_is_wrong() {
    var early = NOW.minus(Duration.ofHours(3));

    refused(Rule.FIXED_END, Claims.check(new Cue.FlashPrice(PRICE, CLOSES), prices(), early));
    refused(Rule.FIXED_END, Claims.check(new Cue.Countdown(OPENS, CLOSES), event(), early));
    refused(Rule.WAS_PRICE, Claims.check(new Cue.WasPrice(PRICE, REGULAR, 41), prices(), early));
    refused(Rule.UNITS_LEFT, Claims.check(new Cue.UnitsLeft(4), units(50, 46, 4), early));
    refused(Rule.UNITS_SOLD, Claims.check(new Cue.UnitsSold(46), units(50, 46, 4), early));
    refused(Rule.VIEWERS, Claims.check(new Cue.Viewers(3), viewers(3), early));
    refused(Rule.BADGE, Claims.check(new Cue.Rank(2), place(2, 9), early));
    refused(
        Rule.HELD,
        Claims.check(new Cue.HeldForYou(LATER), new Evidence.Hold(true, LATER, NOW), early));
  }

  private static void accepted(Verdict<?> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
  }

  private static void refused(Rule rule, Verdict<?> verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.rule()).as(it.why()).isEqualTo(rule));
  }
}
