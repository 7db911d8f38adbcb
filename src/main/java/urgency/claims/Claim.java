package urgency.claims;

/**
 * A cue that may be drawn, with its evidence. Only {@link Claims} makes one, so that whoever holds
 * one need not ask again. Two claims are equal when they say the same.
 */
public final class Claim<C extends Cue> {
  private final C cue;
  private final Evidence evidence;

  Claim(C cue, Evidence evidence) {
    this.cue = cue;
    this.evidence = evidence;
  }

  public C cue() {
    return cue;
  }

  /** What it rested on when it was first checked. */
  public Evidence evidence() {
    return evidence;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Claim<?> it && it.cue.equals(cue);
  }

  @Override
  public int hashCode() {
    return cue.hashCode();
  }

  @Override
  public String toString() {
    return cue + " because " + evidence;
  }
}
