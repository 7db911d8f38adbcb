package urgency.purchase;

import jakarta.ws.rs.core.NewCookie;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import urgency.catalog.VariantId;
import urgency.orders.Placement;

/**
 * What a phone would like to buy. It lives in a cookie that anybody may write, so it is a wish and
 * nothing more: no price, no name, no promise of a unit. Whatever in it is not a line is passed
 * over.
 */
record Cart(List<Line> lines) {
  static final String COOKIE = "shelf_cart";
  static final Cart EMPTY = new Cart(List.of());

  private static final int TEXT_MAX = 512;
  private static final int KEPT_SECONDS = 30 * 24 * 3600;
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{32})\\*([1-9])");

  /** Units of one variant; a variant occurs once in a cart. */
  record Line(VariantId variant, int units) {}

  Cart {
    lines = List.copyOf(lines);
  }

  static Cart parse(String cookie) {
    if (cookie.length() > TEXT_MAX) return EMPTY;
    var cart = EMPTY;
    for (var part : cookie.split("\\.", Placement.LINES_MAX + 1)) {
      var line = LINE.matcher(part);
      if (!line.matches()) continue;
      var units = Integer.parseInt(line.group(2));
      cart =
          VariantId.parse(line.group(1))
              .map(it -> new Line(it, units))
              .map(cart::with)
              .orElse(cart);
    }
    return cart;
  }

  /** Adds to what is there already; a full cart and a full line stay as they are. */
  Cart plus(VariantId variant, int units) {
    var there =
        lines.stream().filter(it -> it.variant().equals(variant)).mapToInt(Line::units).sum();
    return with(new Line(variant, there + units));
  }

  /** Sets one line; in its old place, or last. */
  Cart with(Line line) {
    var units = Math.clamp(line.units(), 1, Placement.UNITS_MAX);
    var set = new Line(line.variant(), units);
    var changed = new ArrayList<Line>(lines);
    for (var at = 0; at < changed.size(); at++) {
      if (changed.get(at).variant().equals(line.variant())) {
        changed.set(at, set);
        return new Cart(changed);
      }
    }
    if (changed.size() < Placement.LINES_MAX) changed.add(set);
    return new Cart(changed);
  }

  Cart without(VariantId variant) {
    return new Cart(lines.stream().filter(it -> !it.variant().equals(variant)).toList());
  }

  Cart only(VariantId variant) {
    return new Cart(lines.stream().filter(it -> it.variant().equals(variant)).toList());
  }

  int units() {
    return lines.stream().mapToInt(Line::units).sum();
  }

  String text() {
    return lines.stream()
        .map(it -> it.variant().hex() + "*" + it.units())
        .collect(Collectors.joining("."));
  }

  /** Readable by script, since the badge of a page that is the same for all is filled there. */
  NewCookie cookie(boolean secure) {
    return new NewCookie.Builder(COOKIE)
        .value(text())
        .path("/")
        .secure(secure)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(lines.isEmpty() ? 0 : KEPT_SECONDS)
        .build();
  }
}
