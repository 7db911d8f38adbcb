package urgency.live;

import java.util.List;
import urgency.platform.settings.Settings;

/**
 * How many phones may listen, and from how many people on a number is shown.
 *
 * @param connections open streams on one node; beyond it phones poll
 * @param perAddress open streams from one address
 * @param audienceFloor fewer people than this are not told to anybody
 * @param oneNode whether the shop is this process alone, so that nodes need not talk
 */
public record LiveSettings(int connections, int perAddress, int audienceFloor, boolean oneNode) {
  public static LiveSettings read(Settings in) {
    return new LiveSettings(
        in.number("live.connections", 10_000, 1, 1_000_000, "Open event streams on one node."),
        in.number("live.per-address", 100, 1, 1_000_000, "Open event streams from one address."),
        in.number(
            "live.audience-floor", 3, 2, 1_000, "Viewers of a product below which none are shown."),
        in.choice(
                "live.bus",
                "postgresql",
                List.of("postgresql", "process"),
                "How nodes tell each other who looks; process is for a shop of one node.")
            .equals("process"));
  }
}
