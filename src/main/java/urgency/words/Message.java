package urgency.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One sentence in one language, cut at its places: {@code Only {0} left}, {@code Held until
 * {0,clock}}. Its words may hold tags; what is put into its places never does.
 */
record Message(List<Piece> pieces) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)(?:,(plain|clock|moment))?}");

  /** Words, or a place for a value. */
  sealed interface Piece {
    record Words(String words) implements Piece {}

    record Place(int index, Form form) implements Piece {}
  }

  /** How a value is written; only instants have more than one form. */
  enum Form {
    PLAIN,
    CLOCK,
    MOMENT
  }

  Message {
    pieces = List.copyOf(pieces);
  }

  static Message parse(String text) {
    var pieces = new ArrayList<Piece>();
    var places = PLACE.matcher(text);
    var from = 0;
    while (places.find()) {
      words(pieces, text.substring(from, places.start()));
      var form = places.group(2) == null ? "plain" : places.group(2);
      pieces.add(
          new Piece.Place(
              Integer.parseInt(places.group(1)), Form.valueOf(form.toUpperCase(Locale.ROOT))));
      from = places.end();
    }
    words(pieces, text.substring(from));
    return new Message(pieces);
  }

  private static void words(List<Piece> pieces, String words) {
    if (words.indexOf('{') >= 0 || words.indexOf('}') >= 0) {
      throw new IllegalStateException("a place is written {0} or {0,clock}: " + words);
    }
    if (!words.isEmpty()) pieces.add(new Piece.Words(words));
  }
}
