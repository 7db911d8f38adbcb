package urgency.storefront;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import urgency.platform.http.ErrorPage;

/** Bad news as a page: what happened, in plain words, and a way on. */
@Singleton
final class MessagePage implements ErrorPage {
  private static final int NEXT_BEST = 3;

  /**
   * @param kind how the pedestal stands: lit or fallen
   * @param word the outlined end of the headline
   * @param reference under which the log has more, else empty
   */
  record View(
      Frame frame,
      String kind,
      String before,
      String word,
      String detail,
      String reference,
      List<Card> cards) {}

  private final ShelfPage shelf;

  MessagePage(ShelfPage shelf) {
    this.shelf = shelf;
  }

  @Override
  public String html(int status, String detail, String reference) {
    return Templates.message(view(status, detail, reference, shelf.shown())).render();
  }

  static View offline() {
    return new View(
        Frame.of("You’re offline · Urgency Shelf", "", "none", 0, Optional.empty()),
        "lit",
        "You’re",
        "offline",
        "What the shelf shows is true only now, so it needs a line. Come back when you have one.",
        "",
        List.of());
  }

  static View view(int status, String detail, String reference, Optional<ShelfView.Shown> shown) {
    var cards =
        status == 404 ? shown.map(it -> it.best(NEXT_BEST)).orElse(List.of()) : List.<Card>of();
    return new View(
        Frame.of(
            "That didn’t work · Urgency Shelf",
            detail,
            "none",
            0,
            shown.map(ShelfView.Shown::edition)),
        status >= 500 ? "fallen" : "lit",
        status == 404 ? "Nothing" : status >= 500 ? "That didn’t" : "Not",
        status == 404 ? "here" : status >= 500 ? "work" : "quite",
        detail,
        reference,
        cards);
  }
}
