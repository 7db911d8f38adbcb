package urgency.storefront;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import urgency.shelf.Edition;
import urgency.words.Text;

/**
 * What surrounds every page: title, tabs, and the time that is left.
 *
 * @param path under which everybody finds the page; empty when it is not for search engines
 * @param query what a link to the same page must keep, such as {@code q=lamp&}, else empty
 * @param tab which tab is lit: home, cart, orders, search or none
 * @param cart units in the cart; 0 where the page is the same for everyone
 * @param opens when the open edition began, empty when none is open
 */
public record Frame(
    Text title,
    Text description,
    String path,
    String query,
    String tab,
    int cart,
    String opens,
    String closes,
    String closesHour,
    String closesMinute) {

  /** The frame of a page; without an open edition there is no countdown. */
  public static Frame of(
      Text title, Text description, String tab, int cart, Optional<Edition> open) {
    return open.map(
            it ->
                new Frame(
                    title,
                    description,
                    "",
                    "",
                    tab,
                    cart,
                    it.opensAt().toString(),
                    it.closesAt().toString(),
                    hour(it.closesAt()),
                    minute(it.closesAt())))
        .orElseGet(() -> new Frame(title, description, "", "", tab, cart, "", "", "", ""));
  }

  /** The same around a page that search engines may find at this path. */
  public Frame at(String place) {
    return new Frame(
        title, description, place, query, tab, cart, opens, closes, closesHour, closesMinute);
  }

  /** The same around the answer to a question that is in its address. */
  public Frame asking(String question) {
    return new Frame(
        title, description, path, question, tab, cart, opens, closes, closesHour, closesMinute);
  }

  static String hour(Instant at) {
    return two(at.atOffset(ZoneOffset.UTC).getHour());
  }

  static String minute(Instant at) {
    return two(at.atOffset(ZoneOffset.UTC).getMinute());
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
