package urgency.live;

import urgency.platform.settings.Settings;

/**
 * How many phones may listen, and from how many people on a number is shown.
 *
 * @param connections open streams on one node; beyond it phones poll
 * @param perAddress open streams from one address
 * @param audienceFloor fewer people than this are not told to anybody
 */
public record LiveSettings(int connections, int perAddress, int audienceFloor) {
  public static LiveSettings read(Settings in) {
    return new LiveSettings(
        in.number("live.connections", 10_000, 1, 1_000_000, "Open event streams on one node."),
        in.number("live.per-address", 100, 1, 1_000_000, "Open event streams from one address."),
        in.number(
            "live.audience-floor",
            3,
            2,
            1_000,
            "Viewers of a product below which none are shown."));
  }
}
