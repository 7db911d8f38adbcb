package urgency.storefront;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import urgency.platform.http.ErrorPage;
import urgency.platform.language.Language;
import urgency.words.Mode;
import urgency.words.Text;

/** Bad news as a page: what happened, in plain words, and a way on. */
@Singleton
final class MessagePage implements ErrorPage {
  private static final int NEXT_BEST = 3;

  /**
   * @param kind how the pedestal stands: lit or fallen
   * @param refused which value was refused and why, in English; empty when none was
   * @param reference under which the log has more, else empty
   */
  record View(
      Frame frame,
      String kind,
      Text headline,
      Text detail,
      String refused,
      String reference,
      List<Card> cards) {}

  private final ShelfPage shelf;

  MessagePage(ShelfPage shelf) {
    this.shelf = shelf;
  }

  @Override
  public String html(Language language, boolean calm, int status, String detail, String reference) {
    var view = view(status, detail, reference, shelf.shown());
    return Mode.render(Templates.message(view), language, calm);
  }

  /** For a phone without a line and without a shelf that is still open. */
  static View offline() {
    return new View(
        Frame.of(Text.of("title_offline"), Text.of("offline_detail"), "none", 0, Optional.empty()),
        "lit",
        Text.of("headline_offline"),
        Text.of("offline_detail"),
        "",
        "",
        List.of());
  }

  static View view(int status, String detail, String reference, Optional<ShelfView.Shown> shown) {
    var cards =
        status == 404 ? shown.map(it -> it.best(NEXT_BEST)).orElse(List.of()) : List.<Card>of();
    return new View(
        Frame.of(
            Text.of("title_trouble"),
            sentence(status),
            "none",
            0,
            shown.flatMap(it -> it.cues().countdown())),
        status >= 500 ? "fallen" : "lit",
        Text.of(
            status == 404
                ? "headline_nothing_here"
                : status >= 500 ? "headline_did_not_work" : "headline_not_quite"),
        sentence(status),
        status == 400 && detail.contains(": ") ? detail : "",
        reference,
        cards);
  }

  private static Text sentence(int status) {
    return switch (status) {
      case 400 -> Text.of("trouble_not_understood");
      case 403 -> Text.of("trouble_other_site");
      case 404 -> Text.of("trouble_nothing_here");
      case 413 -> Text.of("trouble_too_much");
      case 429 -> Text.of("trouble_too_often");
      case 503 -> Text.of("trouble_busy");
      default -> Text.of(status < 500 ? "trouble_no" : "trouble_ours");
    };
  }
}
