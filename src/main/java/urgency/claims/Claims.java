package urgency.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import urgency.claims.Verdict.Accepted;
import urgency.claims.Verdict.Refused;
import urgency.money.Money;

/**
 * Checks what would press a shopper against its evidence. The only place where a {@link Claim} is
 * made; pure functions of their arguments.
 *
 * <p>Evidence from the future means that a clock is wrong, and old evidence means that nobody
 * knows; neither makes a claim.
 */
public final class Claims {
  /** Clocks of two machines may differ this much. */
  static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(2);

  /** Older figures of stock and sales are no longer "now". */
  static final Duration FIGURES_MAX = Duration.ofSeconds(30);

  /** Older counts of people are no longer "now". */
  static final Duration COUNT_MAX = Duration.ofSeconds(20);

  static final Duration VIEWING_MAX = Duration.ofMinutes(1);
  static final Duration JUST_MAX = Duration.ofMinutes(1);
  static final Duration TREND_MAX = Duration.ofDays(2);
  static final Duration REFERENCE = Duration.ofDays(30);
  static final Duration RESTOCK = Duration.ofDays(3);
  static final int VIEWERS_MIN = 2;

  /** Few are at most this many units, or this share of those stocked. */
  static final int FEW_UNITS = 5;

  static final int FEW_PERCENT = 15;
  private static final int RANKED = 3;

  private Claims() {}

  /** Rules 1 and 2. */
  public static Verdict<Cue.Countdown> check(
      Cue.Countdown cue, Evidence.Event evidence, Instant now) {
    if (future(evidence, now)) return wrongClock(Rule.FIXED_END);
    if (!cue.from().equals(evidence.from()) || !cue.until().equals(evidence.until())) {
      return no(Rule.FIXED_END, "it counts to another end than the stored one");
    }
    if (!evidence.until().equals(evidence.firstShown())) {
      return no(Rule.FIXED_END, "the end was moved after it was shown");
    }
    if (now.isBefore(evidence.from())) return no(Rule.REAL_END, "it has not begun");
    if (!now.isBefore(evidence.until())) return no(Rule.REAL_END, "it is over");
    return yes(cue, evidence);
  }

  /** Rules 1, 2, 3 and 7. */
  public static Verdict<Cue.FlashPrice> check(
      Cue.FlashPrice cue, Evidence.Prices evidence, Instant now) {
    if (future(evidence, now)) return wrongClock(Rule.FIXED_END);
    if (!cue.until().equals(evidence.until())) {
      return no(Rule.FIXED_END, "it counts to another end than the stored one");
    }
    if (now.isBefore(evidence.from()) || !now.isBefore(evidence.until())) {
      return no(Rule.REAL_END, "the edition is not open");
    }
    if (!cue.price().equals(evidence.price())) {
      return no(Rule.REAL_END, "another price is asked");
    }
    if (!below(cue.price(), evidence.after())) {
      return no(Rule.REAL_END, "the price stays the same afterwards");
    }
    if (evidence.lastFlash().filter(it -> !below(cue.price(), it)).isPresent()) {
      return no(Rule.NO_RERUN, "it was as cheap within the cooling period");
    }
    return reduction(evidence)
        .<Verdict<Cue.FlashPrice>>map(why -> no(Rule.WAS_PRICE, why))
        .orElseGet(() -> yes(cue, evidence));
  }

  /** Rules 2 and 7. */
  public static Verdict<Cue.WasPrice> check(
      Cue.WasPrice cue, Evidence.Prices evidence, Instant now) {
    if (future(evidence, now)) return wrongClock(Rule.WAS_PRICE);
    if (now.isBefore(evidence.from()) || !now.isBefore(evidence.until())) {
      return no(Rule.REAL_END, "the edition is not open");
    }
    if (!cue.price().equals(evidence.price())) {
      return no(Rule.WAS_PRICE, "another price is asked");
    }
    var why = reduction(evidence);
    if (why.isPresent()) return no(Rule.WAS_PRICE, why.get());
    var lowest = evidence.lowest().orElseThrow();
    if (!cue.was().equals(lowest)) {
      return no(Rule.WAS_PRICE, "it is not the lowest price of the 30 days before");
    }
    if (cue.percentOff() != cue.price().percentBelow(lowest) || cue.percentOff() < 1) {
      return no(Rule.WAS_PRICE, "the percentage is not that of the two prices, rounded down");
    }
    return yes(cue, evidence);
  }

  /** Rule 4. */
  public static Verdict<Cue.UnitsLeft> check(
      Cue.UnitsLeft cue, Evidence.Units evidence, Instant now) {
    var why = figures(evidence, now);
    if (why.isPresent()) return no(Rule.UNITS_LEFT, why.get());
    if (cue.units() != evidence.left()) return no(Rule.UNITS_LEFT, "another number is left");
    if (cue.units() < 1) return no(Rule.UNITS_LEFT, "nothing is left");
    if (cue.units() > few(evidence.stocked())) return no(Rule.UNITS_LEFT, "that is not few");
    if (evidence.restockAt().filter(it -> it.isBefore(now.plus(RESTOCK))).isPresent()) {
      return no(Rule.UNITS_LEFT, "more are on the way");
    }
    return yes(cue, evidence);
  }

  /** Rule 5. */
  public static Verdict<Cue.Viewers> check(Cue.Viewers cue, Evidence.Count evidence, Instant now) {
    var why = count(cue.people(), Math.max(VIEWERS_MIN, evidence.floor()), evidence, now);
    if (why.isPresent()) return no(Rule.VIEWERS, why.get());
    if (evidence.window().compareTo(VIEWING_MAX) > 0 || !evidence.window().isPositive()) {
      return no(Rule.VIEWERS, "they were seen too long ago");
    }
    return yes(cue, evidence);
  }

  /** Rule 6, for hearts: one per device, none by programs. */
  public static Verdict<Cue.Likes> check(Cue.Likes cue, Evidence.Count evidence, Instant now) {
    var why = count(cue.devices(), Math.max(1, evidence.floor()), evidence, now);
    return why.isPresent() ? no(Rule.UNITS_SOLD, why.get()) : yes(cue, evidence);
  }

  /** Rule 6. */
  public static Verdict<Cue.UnitsSold> check(
      Cue.UnitsSold cue, Evidence.Units evidence, Instant now) {
    var why = figures(evidence, now);
    if (why.isPresent()) return no(Rule.UNITS_SOLD, why.get());
    if (cue.units() != evidence.sold()) return no(Rule.UNITS_SOLD, "another number was sold");
    return cue.units() < 1 ? no(Rule.UNITS_SOLD, "nothing was sold") : yes(cue, evidence);
  }

  /** Rule 6, for a purchase of this minute. */
  public static Verdict<Cue.JustBought> check(
      Cue.JustBought cue, Evidence.Purchase evidence, Instant now) {
    if (future(evidence, now) || evidence.paidAt().isAfter(evidence.at())) {
      return wrongClock(Rule.UNITS_SOLD);
    }
    if (cue.units() != evidence.units() || cue.units() < 1) {
      return no(Rule.UNITS_SOLD, "another number was bought");
    }
    if (evidence.window().compareTo(JUST_MAX) > 0
        || evidence.paidAt().isBefore(now.minus(JUST_MAX))) {
      return no(Rule.UNITS_SOLD, "that was not just now");
    }
    return yes(cue, evidence);
  }

  /** Rule 8. */
  public static Verdict<Cue.Trending> check(
      Cue.Trending cue, Evidence.Trend evidence, Instant now) {
    if (future(evidence, now) || evidence.observedAt().isAfter(evidence.at())) {
      return wrongClock(Rule.BADGE);
    }
    if (evidence.source().isBlank()) return no(Rule.BADGE, "it has no source");
    if (cue.words().isBlank() || !cue.words().equals(evidence.words())) {
      return no(Rule.BADGE, "the source says something else");
    }
    if (!evidence.observedAt().isAfter(now.minus(TREND_MAX))) {
      return no(Rule.BADGE, "it is older than 48 hours");
    }
    return yes(cue, evidence);
  }

  /** Rule 8. */
  public static Verdict<Cue.Rank> check(Cue.Rank cue, Evidence.Place evidence, Instant now) {
    var why = place(evidence, now);
    if (why.isPresent()) return no(Rule.BADGE, why.get());
    if (cue.place() != evidence.place()) return no(Rule.BADGE, "it has another place");
    return cue.place() > RANKED ? no(Rule.BADGE, "only three are ranked") : yes(cue, evidence);
  }

  /** Rules 8 and 9. */
  public static Verdict<Cue.DailyDrop> check(
      Cue.DailyDrop cue, Evidence.Place evidence, Instant now) {
    var why = place(evidence, now);
    if (why.isPresent()) return no(Rule.BADGE, why.get());
    if (evidence.place() != 1) return no(Rule.BADGE, "it is not in the first place");
    if (evidence.left() < 1 || evidence.left() > evidence.stocked()) {
      return no(Rule.NO_BAIT, "none can be bought, or more than there are");
    }
    if (cue.units() != evidence.stocked()) {
      return no(Rule.NO_BAIT, "another number was stocked");
    }
    if (cue.perOrder() != evidence.perOrder() || cue.perOrder() < 1) {
      return no(Rule.NO_BAIT, "one order may have another number");
    }
    return yes(cue, evidence);
  }

  /** Rule 10. */
  public static Verdict<Cue.HeldForYou> check(
      Cue.HeldForYou cue, Evidence.Hold evidence, Instant now) {
    if (future(evidence, now)) return wrongClock(Rule.HELD);
    if (!evidence.held()) return no(Rule.HELD, "nothing is held");
    if (!cue.until().equals(evidence.until()))
      return no(Rule.HELD, "the hold ends at another time");
    return now.isBefore(cue.until()) ? yes(cue, evidence) : no(Rule.HELD, "the hold is over");
  }

  /** Rule 14. */
  public static Verdict<Cue.Reason> check(Cue.Reason cue, Evidence.Author evidence, Instant now) {
    if (future(evidence, now)) return wrongClock(Rule.NO_ADDED_CLAIMS);
    if (cue.text().isBlank()) return no(Rule.NO_ADDED_CLAIMS, "it says nothing");
    if (evidence.computed()) return yes(cue, evidence);
    return PressingWords.claim(cue.text())
        .<Verdict<Cue.Reason>>map(it -> no(Rule.NO_ADDED_CLAIMS, "it claims “" + it + "”"))
        .orElseGet(() -> yes(cue, evidence));
  }

  /** Units from which on a product has many left. */
  static int few(int stocked) {
    return Math.max(FEW_UNITS, Math.toIntExact(stocked * (long) FEW_PERCENT / 100));
  }

  private static Optional<String> reduction(Evidence.Prices evidence) {
    if (evidence.lowest().isEmpty()) return Optional.of("it had no price before");
    if (evidence.knownSince().isAfter(evidence.from().minus(REFERENCE))) {
      return Optional.of("its prices are known for less than 30 days");
    }
    return below(evidence.price(), evidence.lowest().get())
        ? Optional.empty()
        : Optional.of("it is not below the lowest price of the 30 days before");
  }

  private static Optional<String> figures(Evidence.Units it, Instant now) {
    if (future(it, now)) return Optional.of("its figures are from the future: a clock is wrong");
    if (it.at().isBefore(now.minus(FIGURES_MAX))) return Optional.of("its figures are old");
    if (it.stocked() < 0 || it.sold() < 0 || it.left() < 0) {
      return Optional.of("a figure is negative");
    }
    return (long) it.sold() + it.left() > it.stocked()
        ? Optional.of("more is sold and left than was stocked")
        : Optional.empty();
  }

  private static Optional<String> count(int said, int floor, Evidence.Count it, Instant now) {
    if (future(it, now)) return Optional.of("the count is from the future: a clock is wrong");
    if (it.at().isBefore(now.minus(COUNT_MAX))) return Optional.of("the count is old");
    if (it.programs()) return Optional.of("programs are among them");
    if (said != it.counted()) return Optional.of("another number was counted");
    return said < floor ? Optional.of("they are too few to be told") : Optional.empty();
  }

  private static Optional<String> place(Evidence.Place it, Instant now) {
    if (future(it, now)) return Optional.of("it is from the future: a clock is wrong");
    if (now.isBefore(it.from()) || !now.isBefore(it.until())) {
      return Optional.of("the edition is not open");
    }
    return it.place() < 1 || it.place() > it.of()
        ? Optional.of("there is no such place")
        : Optional.empty();
  }

  private static boolean below(Money one, Money other) {
    return one.currency().equals(other.currency()) && one.compareTo(other) < 0;
  }

  private static boolean future(Evidence evidence, Instant now) {
    return evidence.at().isAfter(now.plus(CLOCKS_DIFFER_MAX));
  }

  private static <C extends Cue> Verdict<C> wrongClock(Rule rule) {
    return no(rule, "its evidence is from the future: a clock is wrong");
  }

  private static <C extends Cue> Verdict<C> yes(C cue, Evidence evidence) {
    return new Accepted<>(new Claim<>(cue, evidence));
  }

  private static <C extends Cue> Verdict<C> no(Rule rule, String why) {
    return new Refused<>(rule, why);
  }
}
