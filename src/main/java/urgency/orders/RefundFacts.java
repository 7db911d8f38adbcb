package urgency.orders;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known about money on its way back; it only grows, as {@link PaymentFacts} does.
 *
 * @param askedMinor how much the shop asked the provider to send back, in all
 * @param seenMinor how much of what failed a person has seen and decided about
 * @param chargeMinor the most that the charge said was sent back, failures included
 * @param byId each refund that the provider told of, by its id
 */
public record RefundFacts(
    long askedMinor, long seenMinor, long chargeMinor, SortedMap<String, Refund> byId) {
  static final RefundFacts NONE = new RefundFacts(0, 0, 0, new TreeMap<>());

  public RefundFacts {
    byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
  }

  /** How far a refund has come; a later one outranks an earlier one, and failing outranks all. */
  public enum State {
    PENDING,
    SUCCEEDED,
    FAILED
  }

  /** One refund as the provider tells it. */
  public record Refund(long amountMinor, State state) {
    Refund and(Refund other) {
      return new Refund(
          Math.max(amountMinor, other.amountMinor),
          state.compareTo(other.state) >= 0 ? state : other.state);
    }
  }

  static RefundFacts asked(long totalMinor) {
    return new RefundFacts(totalMinor, 0, 0, new TreeMap<>());
  }

  static RefundFacts seen(long failedMinor) {
    return new RefundFacts(0, failedMinor, 0, new TreeMap<>());
  }

  static RefundFacts charge(long totalMinor) {
    return new RefundFacts(0, 0, totalMinor, new TreeMap<>());
  }

  static RefundFacts of(String id, Refund refund) {
    return new RefundFacts(0, 0, 0, new TreeMap<>(Map.of(id, refund)));
  }

  RefundFacts and(RefundFacts other) {
    var all = new TreeMap<>(byId);
    other.byId.forEach((id, refund) -> all.merge(id, refund, Refund::and));
    return new RefundFacts(
        Math.max(askedMinor, other.askedMinor),
        Math.max(seenMinor, other.seenMinor),
        Math.max(chargeMinor, other.chargeMinor),
        all);
  }

  /** How much has gone back, or is surely on its way. */
  public long netMinor() {
    return grossMinor() - failedMinor();
  }

  /** How much was sent back and came again. */
  public long failedMinor() {
    return sum(State.FAILED);
  }

  /** How much is spoken for: asked or sent, and not failed. */
  public long committedMinor() {
    return calledForMinor() - failedMinor();
  }

  /** How much was ever asked or sent, failures included. */
  public long calledForMinor() {
    return Math.max(askedMinor, grossMinor());
  }

  /** Whether money is on its way of which the provider has not said that it arrived. */
  boolean pending() {
    return askedMinor > grossMinor() || sum(State.PENDING) > 0;
  }

  /** Whether a refund failed that nobody has looked at. */
  boolean failed() {
    return failedMinor() > seenMinor;
  }

  // The charge counts refunds that we may not have heard of, and forgets those that failed.
  private long grossMinor() {
    return Math.max(chargeMinor, sum(State.PENDING) + sum(State.SUCCEEDED) + sum(State.FAILED));
  }

  private long sum(State state) {
    var sum = 0L;
    for (var refund : byId.values()) {
      if (refund.state() == state) sum += refund.amountMinor();
    }
    return sum;
  }
}
