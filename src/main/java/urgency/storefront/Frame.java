package urgency.storefront;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.words.Text;

/**
 * What surrounds every page: title, tabs, and the time that is left.
 *
 * @param path under which everybody finds the page; empty when it is not for search engines
 * @param query what a link to the same page must keep, such as {@code q=lamp&}, else empty
 * @param tab which tab is lit: home, cart, orders, search or none
 * @param cart units in the cart; 0 where the page is the same for everyone
 * @param ends that the open edition ends, if that may be said
 */
public record Frame(
    Text title,
    Text description,
    String path,
    String query,
    String tab,
    int cart,
    Optional<Claim<Cue.Countdown>> ends) {

  /** The frame of a page; without an open edition there is no countdown. */
  public static Frame of(
      Text title, Text description, String tab, int cart, Optional<Claim<Cue.Countdown>> ends) {
    return new Frame(title, description, "", "", tab, cart, ends);
  }

  /** The same around a page that search engines may find at this path. */
  public Frame at(String place) {
    return new Frame(title, description, place, query, tab, cart, ends);
  }

  /** The same around the answer to a question that is in its address. */
  public Frame asking(String question) {
    return new Frame(title, description, path, question, tab, cart, ends);
  }

  /** When the open edition began, empty where no time is shown. */
  public String opens() {
    return ends.map(it -> it.cue().from().toString()).orElse("");
  }

  public String closes() {
    return ends.map(it -> it.cue().until().toString()).orElse("");
  }

  public String closesHour() {
    return ends.map(it -> hour(it.cue().until())).orElse("");
  }

  public String closesMinute() {
    return ends.map(it -> minute(it.cue().until())).orElse("");
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
