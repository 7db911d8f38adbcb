package urgency.storefront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import urgency.catalog.Media;
import urgency.catalog.PriceHistory;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.Variant;
import urgency.catalog.VariantId;
import urgency.claims.Evidence;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderStatus;
import urgency.orders.PaymentFacts;
import urgency.orders.Placement;
import urgency.scoring.Score;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Slot;

/** A shelf as it might be, for looking at pages and for testing them. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-11-24T13:48:14Z");
  public static final Instant OPENS = Instant.parse("2026-11-24T12:00:00Z");
  public static final Instant CLOSES = Instant.parse("2026-11-24T18:00:00Z");

  private record Line(
      String slug, String name, String accent, String tag, int growth, long price) {}

  private static final List<Line> LINES =
      List.of(
          new Line("glow-drops", "Glow Drops Vitamin C", "#22e0c8", "skincare", 120, 2999),
          new Line("sunset-mushroom-lamp", "Sunset Mushroom Lamp", "#ff7a3d", "roomtok", 312, 3136),
          new Line("halo-headphones", "Halo Wireless Headphones", "#6b5bff", "techtok", 88, 8900),
          new Line("velvet-lip-oil", "Velvet Lip Oil", "#ff4f9a", "liptok", 64, 1450),
          new Line("cloud-slides", "Cloud Slides", "#b9a7ff", "comfy", 146, 3273),
          new Line("snap-charger", "Snap Charging Stand", "#b6ff3f", "desksetup", 41, 4200),
          new Line("cat-fountain", "Drift Cat Fountain", "#38d6ff", "cattok", 97, 3900),
          new Line("moka-pot", "Candy Moka Pot", "#ff3b4e", "coffeetok", 55, 4490),
          new Line("amber-candle", "Amber Glass Candle", "#ffb02e", "cozy", 133, 1890),
          new Line("mini-blender", "Mini Smoothie Blender", "#7dff5a", "smoothie", 37, 3450),
          new Line("magnet-cubes", "Magnet Cubes", "#4d7bff", "fidget", 29, 2400),
          new Line("rose-roller", "Rose Quartz Face Roller", "#ff9fb0", "selfcare", 72, 1690));

  private Samples() {}

  public static ShelfView.Shown shown() {
    var slots = new ArrayList<Slot>();
    var products = new LinkedHashMap<ProductId, Product>();
    var left = new HashMap<VariantId, Integer>();
    var sold = new HashMap<VariantId, Integer>();
    for (var at = 0; at < LINES.size(); at++) {
      var product = product(at, LINES.get(at).name());
      products.put(product.id(), product);
      slots.add(slot(at, product));
      for (var variant : product.variants()) {
        left.put(variant.id(), at == 1 ? 4 : at == 4 ? 0 : 60 - at);
        sold.put(variant.id(), at == 5 ? 0 : at == 1 ? 46 : at == 4 ? 50 : 3 + at * 2);
      }
    }
    var edition = new Edition(812, OPENS, CLOSES, slots);
    return new ShelfView.Shown(
        edition,
        products,
        Map.of(),
        left,
        sold,
        Cues.of(edition, Map.of(), left, sold, footing(edition), NOW, NOW));
  }

  /** Evidence under which all that this edition would like to say is true. */
  public static Footing footing(Edition edition) {
    var lowest = new HashMap<VariantId, Money>();
    var known = new HashMap<VariantId, PriceHistory.Known>();
    var trends = new HashMap<ProductId, Evidence.Trend>();
    for (var slot : edition.slots()) {
      trends.put(
          slot.product(),
          new Evidence.Trend("recorded", slot.evidence(), NOW.minusSeconds(3_600), true, NOW));
      for (var deal : slot.deals()) {
        lowest.put(deal.variant(), deal.reference());
        known.put(
            deal.variant(),
            new PriceHistory.Known(OPENS.minus(Duration.ofDays(45)), Optional.empty()));
      }
    }
    return new Footing(edition.closesAt(), lowest, known, trends);
  }

  public static Product product(int at, String name) {
    var line = LINES.get(at);
    var variants =
        at == 0
            ? List.of(variant(at, 0, "30 ml", line.price()), variant(at, 1, "50 ml", 4200))
            : List.of(variant(at, 0, name, line.price()));
    return new Product(
        new ProductId(new UUID(7, at)),
        line.slug(),
        name,
        "A small thing that does one job well, in the light it deserves. Made to be used daily,"
            + " packed without plastic, and sent within two working days.",
        "beauty",
        line.accent(),
        Set.of(line.tag()),
        media(line.slug()),
        variants,
        true);
  }

  public static String name(int at) {
    return LINES.get(at).name();
  }

  public static VariantId variant(int at, int which) {
    return new VariantId(new UUID(9, at * 10L + which));
  }

  public static List<Placement.Outcome> refusals() {
    return List.of(
        new Placement.Outcome.SoldOut(variant(1, 0), 1),
        new Placement.Outcome.HeldAlready(variant(1, 0), 0, order(OrderStatus.HELD).id()),
        new Placement.Outcome.EditionOver(variant(1, 0)),
        new Placement.Outcome.PriceChanged(variant(1, 0), Money.of(3136, "USD")),
        new Placement.Outcome.LimitReached(variant(1, 0), 2),
        new Placement.Outcome.KeyReused());
  }

  public static Order order(OrderStatus status) {
    var paid = status == OrderStatus.PAID || status == OrderStatus.REFUND_PENDING;
    return new Order(
        new OrderId(new UUID(0x5a1f_33c0_9911_4c02L, 0x8e77_0012_aa41_90ccL)),
        new UUID(1, 1),
        "key-12345",
        812,
        List.of(
            new Order.Line(
                new ProductId(new UUID(7, 0)),
                variant(0, 1),
                "Glow Drops Vitamin C, 50 ml",
                1,
                Money.of(2730, "USD")),
            new Order.Line(
                new ProductId(new UUID(7, 1)),
                variant(1, 0),
                "Sunset Mushroom Lamp",
                2,
                Money.of(2007, "USD"))),
        Money.of(6744, "USD"),
        NOW,
        NOW.plusSeconds(600),
        Optional.empty(),
        paid ? PaymentFacts.paid(NOW.plusSeconds(95), 6_744, "pi_1") : PaymentFacts.NONE,
        status,
        3);
  }

  private static Slot slot(int at, Product product) {
    var line = LINES.get(at);
    var deals =
        product.variants().stream()
            .map(
                it -> {
                  var regular = it.price();
                  var flash = new Money(regular.minor() * (65 - at) / 100, regular.currency());
                  return new Deal(
                      it.id(), product.name(), at == 6 ? regular : flash, regular, regular, 50, 2);
                })
            .toList();
    return new Slot(
        at + 1,
        product.id(),
        deals,
        91 - at * 3,
        78 - at * 2,
        "Fast-rising hashtag matches its use; stock covers the expected demand.",
        "#" + line.tag() + " +" + line.growth() + " % in 24 h",
        "rules v3",
        Instant.parse("2026-11-24T11:58:00Z"),
        Optional.of(
            new Slot.Basis(
                at == 1 ? Score.Source.PRIOR : Score.Source.STAT,
                new Score.Bands(
                    new Score.Band(74 - at * 3, 96 - at * 3),
                    new Score.Band(78 - at * 2, 78 - at * 2)))));
  }

  private static Variant variant(int at, int which, String name, long price) {
    return new Variant(
        variant(at, which),
        "SKU-" + at + "-" + which,
        name,
        Money.of(price, "USD"),
        Optional.empty());
  }

  /** Whatever pictures there are beside the sources; a page must look right without any. */
  private static Media media(String slug) {
    var avif = "media/" + slug + "-540.avif";
    if (!Files.exists(Path.of("src/main/web", avif))) return stand(slug);
    return new Media(
        Optional.of(avif),
        Optional.of("media/" + slug + "-270.avif"),
        Optional.of("media/" + slug + "-540.jpg"),
        Optional.empty(),
        List.of());
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + text, malformed);
    }
  }

  private static Media stand(String slug) {
    var name =
        Map.of(
                "glow-drops", "serum",
                "sunset-mushroom-lamp", "lamp",
                "halo-headphones", "headphones")
            .get(slug);
    if (name == null) return Media.NONE;
    return new Media(
        Optional.empty(),
        Optional.empty(),
        Optional.of("/pics/" + name + ".jpg"),
        Optional.empty(),
        List.of());
  }
}
