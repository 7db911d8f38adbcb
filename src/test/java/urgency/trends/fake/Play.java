package urgency.trends.fake;

/** What the next answer is: one of the shapes as it should be, or one of the faults. */
public sealed interface Play permits Shape, Fault {}
