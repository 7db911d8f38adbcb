package urgency.words;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The few sentences that scripts say, as JSON inside the page, so that no script has words of its
 * own and a change of language needs no other file. Counted sentences come in all their forms.
 */
final class Island {
  /** What the modules under {@code src/main/web/js} ask for by {@code word("…")}. */
  static final List<String> KEYS =
      List.of(
          "address_copied",
          "back_online",
          "close",
          "grab_it",
          "held_for_another",
          "held_for_you",
          "holding_units",
          "in_cart",
          "just_bought",
          "last_one",
          "minutes",
          "new_shelf_counted",
          "new_shelf_live",
          "new_shelf_see",
          "offline",
          "only_left",
          "refreshes_in_one_minute",
          "seconds",
          "sold",
          "sold_out",
          "view_cart",
          "viewing");

  private static final JsonMapper JSON = new JsonMapper();

  private Island() {}

  static String of(Wording wording) {
    var all = new LinkedHashMap<String, Object>();
    for (var key : KEYS) all.put(key, value(wording.forms(key)));
    try {
      // Nothing in the texts can end the element it stands in.
      return JSON.writeValueAsString(all).replace("<", "\\u003c");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written: " + all, impossible);
    }
  }

  private static Object value(Map<Plural, Message> forms) {
    if (forms.size() == 1) return text(forms.values().iterator().next());
    var counted = new LinkedHashMap<String, String>();
    forms.forEach((form, it) -> counted.put(form.name().toLowerCase(Locale.ROOT), text(it)));
    return counted;
  }

  private static String text(Message message) {
    var out = new StringBuilder();
    for (var piece : message.pieces()) {
      switch (piece) {
        case Message.Piece.Words(var words) -> out.append(words);
        case Message.Piece.Place(var index, _) -> out.append('{').append(index).append('}');
      }
    }
    return out.toString();
  }
}
