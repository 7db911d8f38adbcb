package urgency.trends.ownshop;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import urgency.platform.sql.Database;
import urgency.trends.Shape;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Detail;
import urgency.trends.TrendObservation.Point;
import urgency.trends.TrendSource;
import urgency.trends.ownshop.Signals.Signal;
import urgency.trends.wire.Fingerprint;

/**
 * This shop as a source: per product the person-minutes of looking as a curve, paid orders as posts
 * and their units. Shown with the other sources and kept as evidence. Scoring reads the sales
 * themselves, so these rows are never trends: demand would count twice.
 */
public final class OwnShopSource implements TrendSource {
  public static final String ID = "own-shop";

  private static final Duration CADENCE = Duration.ofHours(1);
  private static final String WORLD = "ZZ";
  private static final String QUIET = "quiet";
  private static final int NAME_MAX = 150;
  private static final int ROWS_MAX = 200;

  private final Database database;

  public OwnShopSource(Database database) {
    this.database = database;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Terms terms() {
    return Terms.FIRST_PARTY;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(CADENCE);
  }

  @Override
  public List<String> regions(List<String> set) {
    return List.of(WORLD);
  }

  @Override
  public FetchResult fetch(FetchRequest request) {
    var today = LocalDate.ofInstant(request.at(), ZoneOffset.UTC);
    List<Signal> signals = database.read(tx -> Signals.of(tx, today, request.windowDays()));
    var rows = new ArrayList<TrendObservation>(signals.size());
    for (var it : signals.subList(0, Math.min(ROWS_MAX, signals.size()))) {
      rows.add(row(it, request, today));
    }
    // A shop without visitors is quiet, not out of order: no failure, and no pause.
    if (rows.isEmpty()) return new FetchResult.Unchanged(request.lastHash().orElse(QUIET));
    var hash = today + Fingerprint.of(rows);
    if (request.lastHash().filter(hash::equals).isPresent()) {
      return new FetchResult.Unchanged(hash);
    }
    var shape = new Shape(new TreeSet<>(List.of("/minutes", "/adds", "/holds", "/orders")));
    return new FetchResult.Fresh(rows, List.of(), hash, shape.text());
  }

  private static TrendObservation row(Signal signal, FetchRequest request, LocalDate today) {
    var name =
        signal.name().length() <= NAME_MAX ? signal.name() : signal.name().substring(0, NAME_MAX);
    var key = TrendObservation.fold(name);
    return new TrendObservation(
        ID,
        TrendObservation.Kind.PRODUCT,
        signal.product().value().toString(),
        key.isEmpty() ? signal.product().value().toString() : key,
        name,
        request.region(),
        request.windowDays(),
        request.at(),
        today,
        OptionalInt.empty(),
        signal.orders(),
        signal.minutes(),
        curve(signal, today),
        List.of(),
        new Detail(
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            signal.minutesByDay().stream().map(Integer::longValue).toList(),
            Optional.empty(),
            Optional.empty(),
            List.of("adds=" + signal.adds(), "holds=" + signal.holds(), "units=" + signal.units()),
            Optional.empty()));
  }

  private static List<Point> curve(Signal signal, LocalDate today) {
    var days = signal.minutesByDay();
    var max = 0;
    for (var it : days) max = Math.max(max, it);
    var curve = new ArrayList<Point>(days.size());
    for (var i = 0; i < days.size(); i++) {
      var share = max == 0 ? 0 : (double) days.get(i) / max * 100;
      curve.add(new Point(today.minusDays(days.size() - 1L - i), share));
    }
    return curve;
  }
}
