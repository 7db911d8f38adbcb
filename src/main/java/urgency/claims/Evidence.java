package urgency.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import urgency.money.Money;

/** What the shop knows about a cue: figures as they were read, and when. */
public sealed interface Evidence {
  /** When this was read. */
  Instant at();

  /**
   * Something with an end.
   *
   * @param event what ends, such as {@code edition 812}
   * @param until its end, as stored
   * @param firstShown the end that was shown first; it may not differ
   */
  record Event(String event, Instant from, Instant until, Instant firstShown, Instant at)
      implements Evidence {}

  /**
   * Prices of a variant, read from the history that only grows.
   *
   * @param price what is asked while the edition is open
   * @param after what is asked when it is over
   * @param lowest lowest price of the 30 days before; empty when there was none
   * @param knownSince when its first price was set
   * @param lastFlash lowest flash price of the cooling period before; empty when there was none
   */
  record Prices(
      Money price,
      Money after,
      Optional<Money> lowest,
      Instant knownSince,
      Optional<Money> lastFlash,
      Instant from,
      Instant until,
      Instant at)
      implements Evidence {}

  /**
   * Units of a product in an edition.
   *
   * @param stocked units that could be sold when it was published, and what was put in since
   * @param sold units of paid orders, less cancelled ones
   * @param left units that can be bought now: neither sold nor held
   * @param restockAt when more are expected; empty when nothing is booked
   */
  record Units(int stocked, int sold, int left, Optional<Instant> restockAt, Instant at)
      implements Evidence {}

  /**
   * Something that was counted, one by one.
   *
   * @param floor fewer are not told
   * @param window how long ago the oldest may have been seen; zero for what is counted for good
   * @param programs whether programs are among them
   */
  record Count(int counted, int floor, Duration window, boolean programs, Instant at)
      implements Evidence {}

  /** Units of paid orders within the window before {@code at}. */
  record Purchase(int units, Duration window, Instant paidAt, Instant at) implements Evidence {}

  /**
   * What a source says about a trend.
   *
   * @param words what may be said of it
   * @param observedAt when the source last said so
   * @param demo whether it is the recorded series of the demo shop
   */
  record Trend(String source, String words, Instant observedAt, boolean demo, Instant at)
      implements Evidence {}

  /**
   * A product's place in an edition.
   *
   * @param stocked units that could be sold when it was published, and what was put in since
   * @param left units that can be bought now
   */
  record Place(
      long edition,
      int place,
      int of,
      int stocked,
      int left,
      int perOrder,
      Instant from,
      Instant until,
      Instant at)
      implements Evidence {}

  /** Units that are set aside for an order, if they are. */
  record Hold(boolean held, Instant until, Instant at) implements Evidence {}

  /**
   * Who wrote a sentence.
   *
   * @param computed whether it is put together from figures by the shop's own code
   */
  record Author(String name, boolean computed, Instant at) implements Evidence {}
}
