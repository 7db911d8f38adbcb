package urgency.storefront;

import java.time.Instant;
import java.util.Optional;
import urgency.shelf.Edition;

/**
 * What surrounds every page: title, tabs, and the time that is left.
 *
 * @param tab which tab is lit: home, cart, orders or none
 * @param cart units in the cart; 0 where the page is the same for everyone
 * @param opens when the open edition began, empty when none is open
 */
public record Frame(
    String title,
    String description,
    String tab,
    int cart,
    String opens,
    String closes,
    String closesHour,
    String closesMinute) {

  /** The frame of a page; without an open edition there is no countdown. */
  public static Frame of(
      String title, String description, String tab, int cart, Optional<Edition> open) {
    return open.map(
            it ->
                new Frame(
                    title,
                    description,
                    tab,
                    cart,
                    it.opensAt().toString(),
                    it.closesAt().toString(),
                    hour(it.closesAt()),
                    minute(it.closesAt())))
        .orElseGet(() -> new Frame(title, description, tab, cart, "", "", "", ""));
  }

  static String hour(Instant at) {
    return Words.clock(at).substring(0, 2);
  }

  static String minute(Instant at) {
    return Words.clock(at).substring(3, 5);
  }
}
