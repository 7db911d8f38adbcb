package urgency.claims;

import java.util.Optional;

/** Whether a cue may be drawn. */
public sealed interface Verdict<C extends Cue> {
  /** It may. */
  record Accepted<C extends Cue>(Claim<C> claim) implements Verdict<C> {}

  /** It may not, by this rule. */
  record Refused<C extends Cue>(Rule rule, String why) implements Verdict<C> {}

  /** The claim, if there is one: what is refused is simply not drawn. */
  default Optional<Claim<C>> accepted() {
    return switch (this) {
      case Accepted<C>(var claim) -> Optional.of(claim);
      case Refused<C> _ -> Optional.empty();
    };
  }
}
