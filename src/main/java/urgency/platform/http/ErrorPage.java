package urgency.platform.http;

import urgency.platform.language.Language;

/** How an error looks to people; the storefront draws it. */
public interface ErrorPage {
  /**
   * A whole HTML page. Must not throw.
   *
   * @param language in which it is read
   * @param calm whether without countdown and motion
   * @param detail the same in English, for programs; more than the status when a value was refused
   * @param reference under which the log has more; empty when there is nothing to look up
   */
  String html(Language language, boolean calm, int status, String detail, String reference);
}
