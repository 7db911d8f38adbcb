package urgency.shelf;

import java.time.Instant;
import urgency.platform.facts.Fact;

/** A new edition is decided; it opens at its instant, not when this is heard. */
public record EditionPublished(long number, Instant opensAt, Instant closesAt) implements Fact {}
