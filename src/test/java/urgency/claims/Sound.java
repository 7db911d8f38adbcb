package urgency.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import urgency.money.Money;

/** Evidence that holds, to be spoilt one figure at a time. */
final class Sound {
  static final Instant OPENS = Instant.parse("2026-11-24T12:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-24T13:00:00Z");
  static final Instant CLOSES = Instant.parse("2026-11-24T16:00:00Z");
  static final Money PRICE = Money.of(1819, "USD");
  static final Money REGULAR = Money.of(3136, "USD");

  private Sound() {}

  static Evidence.Event event() {
    return new Evidence.Event("edition 812", OPENS, CLOSES, CLOSES, NOW);
  }

  static Evidence.Prices prices() {
    return prices(Optional.of(REGULAR), OPENS.minus(Duration.ofDays(45)), Optional.empty());
  }

  static Evidence.Prices prices(
      Optional<Money> lowest, Instant knownSince, Optional<Money> lastFlash) {
    return new Evidence.Prices(PRICE, REGULAR, lowest, knownSince, lastFlash, OPENS, CLOSES, NOW);
  }

  static Evidence.Units units(int stocked, int sold, int left) {
    return new Evidence.Units(stocked, sold, left, Optional.empty(), NOW);
  }

  static Evidence.Count viewers(int counted) {
    return new Evidence.Count(counted, 3, Duration.ofSeconds(15), false, NOW);
  }

  static Evidence.Trend trend(Instant observedAt) {
    return new Evidence.Trend("recorded", "#lamp is rising", observedAt, true, NOW);
  }

  static Evidence.Place place(int place, int left) {
    return new Evidence.Place(812, place, 24, 50, left, 2, OPENS, CLOSES, NOW);
  }
}
