package urgency.platform.http;

/** How an error looks to people; the storefront draws it. */
public interface ErrorPage {
  /**
   * A whole HTML page. Must not throw.
   *
   * @param detail a sentence for the shopper
   * @param reference under which the log has more; empty when there is nothing to look up
   */
  String html(int status, String detail, String reference);
}
