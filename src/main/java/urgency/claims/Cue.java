package urgency.claims;

import java.time.Instant;
import urgency.money.Money;

/**
 * Something that presses a shopper, as a page would like to say it. A cue is only a wish: what may
 * be drawn is a {@link Claim}, which {@link Claims} alone makes, and only with evidence.
 */
public sealed interface Cue {
  /** Time is running: what began then ends then. */
  record Countdown(Instant from, Instant until) implements Cue {}

  /** This price is lower than before and than afterwards, until then. */
  record FlashPrice(Money price, Instant until) implements Cue {}

  /**
   * It was dearer.
   *
   * @param percentOff whole percent below {@code was}, rounded down
   */
  record WasPrice(Money price, Money was, int percentOff) implements Cue {}

  /** Few are left; one is the last one. */
  record UnitsLeft(int units) implements Cue {}

  /** So many were bought. */
  record UnitsSold(int units) implements Cue {}

  /** So many look at it now. */
  record Viewers(int people) implements Cue {}

  /** So many like it. */
  record Likes(int devices) implements Cue {}

  /** Somebody has just bought it. */
  record JustBought(int units) implements Cue {}

  /** The world talks of it. */
  record Trending(String words) implements Cue {}

  /** It has this place on the shelf. */
  record Rank(int place) implements Cue {}

  /**
   * It is what this edition is about.
   *
   * @param units stocked for the edition
   */
  record DailyDrop(int units, int perOrder) implements Cue {}

  /** Units are set aside for this order until then. */
  record HeldForYou(Instant until) implements Cue {}

  /** Why it is on the shelf, in a sentence. */
  record Reason(String text) implements Cue {}
}
