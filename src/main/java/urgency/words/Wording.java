package urgency.words;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import urgency.money.Money;
import urgency.platform.language.Language;
import urgency.words.Message.Form;
import urgency.words.Message.Piece;

/** What the shop says in one language, and how that language writes numbers, money and times. */
public final class Wording {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private final Language language;
  private final Map<String, Map<Plural, Message>> messages;
  private final DateTimeFormatter clock;
  private final DateTimeFormatter moment;

  Wording(Language language, Map<String, Map<Plural, Message>> messages) {
    this.language = language;
    this.messages = Map.copyOf(messages);
    this.clock = format("pattern_clock");
    this.moment = format("pattern_moment");
  }

  public Language language() {
    return language;
  }

  /** A text without any markup, for titles, attributes and programs. */
  public String plain(Text text) {
    if (!text.said()) return "";
    var out = new StringBuilder();
    for (var piece : message(text.key(), text.values()).pieces()) {
      switch (piece) {
        case Piece.Words(var words) -> out.append(TAG.matcher(words).replaceAll(""));
        case Piece.Place(var index, var form) -> out.append(plain(text.values().get(index), form));
      }
    }
    return out.toString();
  }

  /** Same, by its key. */
  public String plain(String key, Object... values) {
    return plain(new Text(key, List.of(values)));
  }

  /** A text as HTML: its own markup is kept, its values are escaped, its times can be converted. */
  public String html(Text text) {
    if (!text.said()) return "";
    var out = new StringBuilder();
    for (var piece : message(text.key(), text.values()).pieces()) {
      switch (piece) {
        case Piece.Words(var words) -> out.append(words);
        case Piece.Place(var index, var form) -> out.append(html(text.values().get(index), form));
      }
    }
    return out.toString();
  }

  /** {@code 18:00 UTC}. */
  public String clock(Instant at) {
    return clock.format(at);
  }

  /** {@code 24 Nov 2026, 18:00 UTC}. */
  public String moment(Instant at) {
    return moment.format(at);
  }

  /** {@code $1,234.50} or {@code 1.234,50 $}. */
  public String money(Money money) {
    return money.shown(language.locale());
  }

  /** An amount with its currency sign set small, on the side where the language has it. */
  public String price(Money money) {
    var shown = money(money);
    var first = 0;
    while (first < shown.length() && !Character.isDigit(shown.charAt(first))) first++;
    var last = shown.length();
    while (last > first && !Character.isDigit(shown.charAt(last - 1))) last--;
    return sign(shown.substring(0, first))
        + shown.substring(first, last)
        + sign(shown.substring(last));
  }

  /** A whole number, grouped as the language groups. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(language.locale()).format(number);
  }

  /**
   * The sentence of a key in all its forms, as scripts need it; one form when it is not counted.
   */
  Map<Plural, Message> forms(String key) {
    var forms = messages.get(key);
    if (forms == null) throw new IllegalStateException("no such text: " + key);
    return forms;
  }

  private Message message(String key, List<Object> values) {
    var forms = forms(key);
    var form = forms.size() == 1 ? Plural.OTHER : Plural.of(language, count(key, values));
    var message = forms.get(form);
    if (message == null) throw new IllegalStateException("no " + form + " of text: " + key);
    return message;
  }

  private static long count(String key, List<Object> values) {
    for (var it : values) {
      if (it instanceof Number number) return number.longValue();
    }
    throw new IllegalStateException("nothing to count in text: " + key);
  }

  private String plain(Object value, Form form) {
    return switch (value) {
      case Text text -> plain(text);
      case Money money -> money(money);
      case Number number -> number(number.longValue());
      case Instant at -> form == Form.MOMENT ? moment(at) : clock(at);
      default -> value.toString();
    };
  }

  private String html(Object value, Form form) {
    return switch (value) {
      case Text text -> html(text);
      case Instant at -> form == Form.MOMENT ? momentHtml(at) : clockHtml(at);
      default -> escaped(plain(value, form));
    };
  }

  /** A time of day which the browser shows in its own zone. */
  String clockHtml(Instant at) {
    return "<local-time data-as=\"clock\"><time datetime=\"%s\">%s</time></local-time>"
        .formatted(at, escaped(clock(at)));
  }

  /** A date with its time, which the browser shows in its own zone. */
  String momentHtml(Instant at) {
    return "<local-time data-as=\"moment\"><time datetime=\"%s\">%s</time></local-time>"
        .formatted(at, escaped(moment(at)));
  }

  private static String sign(String text) {
    var sign = text.replace("\u00a0", " ").strip();
    if (sign.isEmpty()) return "";
    var before = text.startsWith(sign) ? "" : "\u00a0";
    return before + "<sup>" + escaped(sign) + "</sup>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private DateTimeFormatter format(String key) {
    var pattern = plain(key);
    return DateTimeFormatter.ofPattern(pattern, language.locale()).withZone(ZoneOffset.UTC);
  }
}
