package urgency.payments;

import java.time.Duration;
import urgency.platform.settings.Settings;

/**
 * How the practice till behaves. Calm, it is Stripe on a good day; each knob is a bad one.
 *
 * @param port of its API on the loopback interface; 0 for any that is free
 * @param duplicatePercent of the events are sent twice
 * @param delay before an event is first sent
 * @param dropPercent of the events are never sent
 * @param shufflePercent of the events are held back, so that later ones overtake them
 * @param errorPercent of the calls end with 500; half of these were carried out all the same
 * @param limitPercent of the calls are refused with 429, however few there were
 * @param timeoutPercent of the calls get no answer; half of these were carried out all the same
 * @param callsPerSecond that each address of its API takes
 * @param clockAhead how far its clock is before the shop's
 */
public record TillSettings(
    int port,
    int duplicatePercent,
    Duration delay,
    int dropPercent,
    int shufflePercent,
    int errorPercent,
    int limitPercent,
    int timeoutPercent,
    int callsPerSecond,
    Duration clockAhead) {
  /** What Stripe takes of each kind of call. */
  public static final int CALLS_PER_SECOND = 25;

  private static final int CALLS_PER_SECOND_MAX = 100_000;
  private static final Duration DELAY_MAX = Duration.ofHours(1);
  private static final Duration AHEAD_MAX = Duration.ofDays(1);

  public static final TillSettings CALM =
      new TillSettings(0, 0, Duration.ZERO, 0, 0, 0, 0, 0, CALLS_PER_SECOND, Duration.ZERO);

  static TillSettings read(Settings in) {
    return new TillSettings(
        in.number("till.port", 0, 0, 65_535, "Port of the practice till's API; 0 for a free one."),
        in.number("till.duplicate-percent", 0, 0, 100, "Share of its events that it sends twice."),
        in.duration(
            "till.delay",
            Duration.ZERO,
            Duration.ZERO,
            DELAY_MAX,
            "How long the practice till waits before it sends an event."),
        in.number("till.drop-percent", 0, 0, 100, "Share of its events that it never sends."),
        in.number(
            "till.shuffle-percent",
            0,
            0,
            100,
            "Share of its events that it holds back up to 5s, so that later ones overtake."),
        in.number(
            "till.error-percent",
            0,
            0,
            100,
            "Share of calls to it that end with 500; half of these are carried out all the same."),
        in.number(
            "till.limit-percent", 0, 0, 100, "Share of calls to it that it refuses with 429."),
        in.number(
            "till.timeout-percent",
            0,
            0,
            100,
            "Share of calls that it never answers; half of these are carried out all the same."),
        in.number(
            "till.calls-per-second",
            CALLS_PER_SECOND,
            1,
            CALLS_PER_SECOND_MAX,
            "How many calls a second each address of its API takes; more are refused with 429."),
        in.duration(
            "till.clock-ahead",
            Duration.ZERO,
            Duration.ZERO,
            AHEAD_MAX,
            "How far its clock is ahead; beyond 5m the shop refuses its webhooks and asks."));
  }

  /** The same, with so many of the events sent twice. */
  public TillSettings repeating(int percent) {
    return new TillSettings(
        port,
        percent,
        delay,
        dropPercent,
        shufflePercent,
        errorPercent,
        limitPercent,
        timeoutPercent,
        callsPerSecond,
        clockAhead);
  }

  /** The same, with so many of the events lost. */
  public TillSettings losing(int percent) {
    return new TillSettings(
        port,
        duplicatePercent,
        delay,
        percent,
        shufflePercent,
        errorPercent,
        limitPercent,
        timeoutPercent,
        callsPerSecond,
        clockAhead);
  }

  /** The same, with so many of the events overtaken by later ones. */
  public TillSettings shuffling(int percent) {
    return new TillSettings(
        port,
        duplicatePercent,
        delay,
        dropPercent,
        percent,
        errorPercent,
        limitPercent,
        timeoutPercent,
        callsPerSecond,
        clockAhead);
  }

  /** The same, with calls that fail, are refused or are never answered. */
  public TillSettings failing(int errors, int limits, int timeouts) {
    return new TillSettings(
        port,
        duplicatePercent,
        delay,
        dropPercent,
        shufflePercent,
        errors,
        limits,
        timeouts,
        callsPerSecond,
        clockAhead);
  }

  /** The same, with a clock that is so far ahead. */
  public TillSettings ahead(Duration clock) {
    return new TillSettings(
        port,
        duplicatePercent,
        delay,
        dropPercent,
        shufflePercent,
        errorPercent,
        limitPercent,
        timeoutPercent,
        callsPerSecond,
        clock);
  }
}
