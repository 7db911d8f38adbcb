package urgency.orders;

import urgency.platform.facts.Fact;

/** An order moved; who shows it looks again. */
public record OrderChanged(String order, String status, int version) implements Fact {}
