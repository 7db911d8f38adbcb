package urgency.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.shelf.Edition;

/**
 * Everything that open phones are told, at one moment.
 *
 * @param audience only products whose number may be shown; all others have none
 * @param likes same
 * @param shares how often a product was passed on; a button's count, not a cue
 * @param bought what was paid for since the moment before; told once
 */
record Figures(
    Optional<Edition> edition,
    Map<ProductId, Units> stock,
    Map<ProductId, Claim<Cue.Viewers>> audience,
    Map<ProductId, Claim<Cue.Likes>> likes,
    Map<ProductId, Integer> shares,
    Map<ProductId, Claim<Cue.JustBought>> bought) {
  /**
   * What phones are told of a product's units.
   *
   * @param left whether it can be bought; told as a number only as {@code few}
   * @param few that few are left, where that may be said
   * @param sold how many were sold, where that may be said
   */
  record Units(int left, Optional<Claim<Cue.UnitsLeft>> few, Optional<Claim<Cue.UnitsSold>> sold) {

    /**
     * Of every product of the shelf.
     *
     * @param at when the figures were read
     */
    static Map<ProductId, Units> of(ShelfStock stock, Instant at, Instant now) {
      var figures = stock.figures();
      var all = new HashMap<ProductId, Units>();
      for (var slot : stock.edition().slots()) {
        var it = figures.getOrDefault(slot.product(), new ShelfStock.Figures(0, 0, 0));
        var evidence = new Evidence.Units(it.stocked(), it.sold(), it.left(), Optional.empty(), at);
        all.put(
            slot.product(),
            new Units(
                it.left(),
                Claims.check(new Cue.UnitsLeft(it.left()), evidence, now).accepted(),
                Claims.check(new Cue.UnitsSold(it.sold()), evidence, now).accepted()));
      }
      return all;
    }

    /** The number sold that may be told; zero when none may. */
    int soldTold() {
      return sold.map(it -> it.cue().units()).orElse(0);
    }
  }

  static final Figures NONE =
      new Figures(Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  Figures {
    stock = Map.copyOf(stock);
    audience = Map.copyOf(audience);
    likes = Map.copyOf(likes);
    shares = Map.copyOf(shares);
    bought = Map.copyOf(bought);
  }

  /** The figures of one product only. */
  Figures only(ProductId product) {
    return new Figures(
        edition,
        only(stock, product),
        only(audience, product),
        only(likes, product),
        only(shares, product),
        only(bought, product));
  }

  /** JSON members that differ from before, each with a leading comma; empty when none does. */
  String since(Figures before) {
    var json = new StringBuilder();
    var moved = new HashMap<ProductId, Units>();
    stock.forEach(
        (product, figures) -> {
          if (!figures.equals(before.stock.get(product))) moved.put(product, figures);
        });
    if (!moved.isEmpty()) stock(json, moved);
    if (!bought.isEmpty()) counts(json, "bought", bought, it -> it.cue().units());
    if (!audience.equals(before.audience)) json.append(audienceMember());
    if (!likes.equals(before.likes)) counts(json, "likes", likes, it -> it.cue().devices());
    if (!shares.equals(before.shares)) counts(json, "shares", shares, it -> it);
    if (edition.isPresent() && !number(edition).equals(number(before.edition))) edition(json);
    return json.toString();
  }

  /** All JSON members, each with a leading comma. */
  String whole() {
    var json = new StringBuilder();
    stock(json, stock);
    json.append(audienceMember());
    counts(json, "likes", likes, it -> it.cue().devices());
    counts(json, "shares", shares, it -> it);
    if (edition.isPresent()) edition(json);
    return json.toString();
  }

  private static void stock(StringBuilder json, Map<ProductId, Units> stock) {
    json.append(",\"stock\":{");
    var comma = "";
    for (var it : stock.entrySet()) {
      json.append(comma).append('"').append(it.getKey().value());
      json.append("\":{\"left\":").append(it.getValue().left());
      json.append(",\"sold\":").append(it.getValue().soldTold());
      if (it.getValue().few().isPresent()) json.append(",\"few\":true");
      json.append('}');
      comma = ",";
    }
    json.append('}');
  }

  /** Always all of it: a product that is not named has no number any more. */
  String audienceMember() {
    var json = new StringBuilder();
    counts(json, "audience", audience, it -> it.cue().people());
    return json.toString();
  }

  private static <T> void counts(
      StringBuilder json, String name, Map<ProductId, T> counts, ToIntFunction<T> count) {
    json.append(",\"").append(name).append("\":{");
    var comma = "";
    for (var it : counts.entrySet()) {
      json.append(comma).append('"').append(it.getKey().value());
      json.append("\":").append(count.applyAsInt(it.getValue()));
      comma = ",";
    }
    json.append('}');
  }

  private void edition(StringBuilder json) {
    var it = edition.orElseThrow();
    json.append(",\"edition\":{\"number\":").append(it.number());
    json.append(",\"opensAt\":").append(it.opensAt().toEpochMilli());
    json.append(",\"closesAt\":").append(it.closesAt().toEpochMilli()).append('}');
  }

  private static Optional<Long> number(Optional<Edition> edition) {
    return edition.map(Edition::number);
  }

  private static <T> Map<ProductId, T> only(Map<ProductId, T> all, ProductId product) {
    var it = all.get(product);
    return it == null ? Map.of() : Map.of(product, it);
  }
}
