package urgency.platform.facts;

/**
 * Something that happened, in the past tense, as others may hear it.
 *
 * <p>A fact is a record of a few plain components; its simple class name is its kind. It is a hint
 * to look again, not the state itself: a listener that needs certainty reads the feature it came
 * from.
 */
public interface Fact {}
