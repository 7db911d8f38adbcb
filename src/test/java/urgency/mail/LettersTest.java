package urgency.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.PaymentFacts;
import urgency.platform.language.Language;
import urgency.words.Texts;

/** Every letter in every language, drawn from the shop's own templates. */
class LettersTest {
  private static final Instant NOW = Instant.parse("2026-11-24T18:00:07Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)> & \"Lamp\"";
  private static final Path TEMPLATES = Path.of("src/main/resources/templates/mail");
  private static final List<Letter> LETTERS =
      List.of(
          new Letter.Receipt(),
          new Letter.PaymentFailed(),
          new Letter.RefundSent("re_1", 500),
          new Letter.Withdrawn("Ada " + HOSTILE, NOW));

  private final Engine engine =
      Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlEscaper(List.of("text/html")))
          .strictRendering(true)
          .build();

  @ParameterizedTest
  @EnumSource(Language.class)
  void a_letter_says_the_same_in_both_parts_and_fetches_nothing(Language language) {
    for (var letter : LETTERS) {
      var view = view(letter, language);
      var html = Jsoup.parse(html(view));
      var text = plain(view);

      assertThat(view.subject()).isNotBlank().doesNotContain("\n", "\r");
      for (var said : said(view)) {
        assertThat(text).as(letter.kind()).contains(said);
        assertThat(plainly(html.text())).as(letter.kind()).contains(plainly(said));
      }
      assertThat(html.select("img, script, link, iframe, object, [background], [src]")).isEmpty();
      assertThat(html.select("html").attr("lang")).isEqualTo(language.tag());
      assertThat(html.select("a").eachAttr("href"))
          .containsExactly(view.link().value())
          .allMatch(it -> it.startsWith("https://shop.example/orders/ord_"));
    }
  }

  @Test
  void what_a_merchant_or_a_buyer_wrote_is_no_markup_in_the_page_and_itself_in_the_text() {
    var view = view(new Letter.Withdrawn("Ada " + HOSTILE, NOW), Language.ENGLISH);

    assertThat(html(view)).doesNotContain("<img").contains("&lt;img src=x");
    assertThat(plain(view)).contains("Name: Ada " + HOSTILE, "2 x " + HOSTILE);
  }

  @Test
  void a_confirmation_has_the_statement_word_by_word_and_its_second() {
    var text = plain(view(new Letter.Withdrawn("Ada", NOW), Language.GERMAN));

    assertThat(text)
        .contains(
            "Ich widerrufe den Vertrag über diese Bestellung.",
            "Eingegangen: 2026-11-24 18:00:07 UTC",
            "Name: Ada");
  }

  // Languages put a space that does not break before their currency.
  private static String plainly(String text) {
    return text.replaceAll("[\\s\u00a0\u202f]+", " ");
  }

  private static List<String> said(LetterView view) {
    var all = new ArrayList<String>(view.paragraphs());
    all.add(view.headline());
    all.add(view.seller().name());
    view.lines().forEach(it -> all.add(it.sum()));
    view.facts().forEach(it -> all.add(it.value()));
    return all;
  }

  private static LetterView view(Letter letter, Language language) {
    var seller =
        new Seller("Lamp & Co", List.of("1 Lamp Street"), "help@shop.example", "DE1", "Tax in.");
    var say = new Texts().in(language);
    return LetterView.of(letter, order(), seller, "https://shop.example", say);
  }

  private static Order order() {
    var line =
        new Order.Line(
            new ProductId(OrderId.fresh().value()),
            new VariantId(OrderId.fresh().value()),
            HOSTILE,
            2,
            Money.of(1_819, "USD"));
    return new Order(
        OrderId.fresh(),
        OrderId.fresh().value(),
        "key",
        1,
        List.of(line),
        Money.of(3_638, "USD"),
        NOW,
        NOW,
        Optional.empty(),
        PaymentFacts.paid(NOW, 3_638, "pi_1"),
        OrderStatus.PAID,
        3);
  }

  private String html(LetterView view) {
    return render("letter.html", "text/html", view);
  }

  private String plain(LetterView view) {
    return render("plain.txt", "text/plain", view);
  }

  private String render(String name, String type, LetterView view) {
    try {
      var source = Files.readString(TEMPLATES.resolve(name), UTF_8);
      return engine.parse(source, Variant.forContentType(type)).data("view", view).render();
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }
}
