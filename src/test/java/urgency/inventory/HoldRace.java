package urgency.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;
import urgency.orders.FakeDesk;
import urgency.orders.OrderId;
import urgency.orders.OrderWorld;
import urgency.orders.Placement;
import urgency.platform.language.Language;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;
import urgency.platform.sql.GroupCommit;
import urgency.platform.sql.RoundTrip;
import urgency.platform.sql.RoundTrip.Column;

/**
 * Ways to hand out the units of one hot variant to a crowd, in interleaved rounds of one run: a
 * conditional update per buyer, token rows with skip locked, a group commit that writes the very
 * same two rows as those, the shop's holds, and its whole checkout. Every answer is on disk (fsync
 * on). Absolute figures belong to the machine; the ratios are the point. A hold writes four rows
 * and a purchase seven where the others write one or two.
 *
 * <p>Arguments: number of rounds, seconds of each, clients. Writes {@code target/hold-race.json}.
 */
public final class HoldRace {
  private static final int ROUNDS = 7;
  private static final int SECONDS = 3;
  private static final int CLIENTS = 64;
  private static final int UNITS = 50_000_000;
  private static final int BATCH_MAX = 2_048;
  private static final int TOKENS = 30_000;
  private static final Path FOLDER = Path.of("target/hold-race");
  private static final Path JSON = Path.of("target/hold-race.json");

  private static final String TABLES =
      """
      create schema race;
      create table race.stock (id int primary key, available int not null check (available >= 0))
        with (fillfactor = 50);
      insert into race.stock values (1, %d);
      create table race.token (id bigint generated always as identity primary key);
      create table race.bought (id uuid primary key, buyer uuid not null, at timestamptz not null);
      """
          .formatted(UNITS);

  private static final String BUY =
      "insert into race.bought (id, buyer, at) values (:id, :buyer, :at::timestamptz)";

  private static final String TAKE_TOKEN =
      """
      with token as (
        delete from race.token
         where id = (select id from race.token limit 1 for update skip locked)
        returning id
      )
      insert into race.bought (id, buyer, at)
      select :id, :buyer, :at::timestamptz from token
      """;

  private static final String TAKE_MANY =
      """
      with taken as (
        update race.stock set available = available - ? where id = 1 returning id
      )
      insert into race.bought (id, buyer, at)
      select it.id, it.buyer, ?::timestamptz
        from taken, unnest(?::uuid[], ?::uuid[]) as it (id, buyer)
      """;

  private enum Way {
    CONDITIONAL_UPDATE,
    SKIP_LOCKED,
    SAME_ROWS,
    HOLD,
    CHECKOUT
  }

  private record Round(double perSecond, double p50Ms, double p99Ms) {}

  private record Row(Way way, Round median, double toUpdate, double toTokens) {}

  private final OrderWorld world;
  private final Database database;
  private final GroupCommit<UUID, UUID> same;
  private final GroupCommit<HoldRequest, Hold> holds;
  private final int seconds;
  private final int clients;

  private HoldRace(OrderWorld world, int seconds, int clients) {
    this.world = world;
    this.database = world.database;
    this.same = new GroupCommit<>("same", database, 1, BATCH_MAX, BATCH_MAX, HoldRace::sameRows);
    this.holds =
        new GroupCommit<>(
            "holds",
            database,
            1,
            BATCH_MAX,
            BATCH_MAX,
            (tx, asked) -> world.stock.hold(tx, asked, OrderWorld.NOW));
    this.seconds = seconds;
    this.clients = clients;
  }

  public static void main(String[] args) throws IOException {
    var rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    var seconds = args.length > 1 ? Integer.parseInt(args[1]) : SECONDS;
    var clients = args.length > 2 ? Integer.parseInt(args[2]) : CLIENTS;
    var settings = new DatabaseSettings("", "", "", clients + 8, FOLDER, Optional.empty(), true);
    try (var world = OrderWorld.on(Database.open(settings, _ -> {}), new FakeDesk())) {
      var race = new HoldRace(world, seconds, clients);
      race.prepare();
      race.report(race.run(rounds));
    }
  }

  private void prepare() {
    database.change(
        tx -> {
          tx.execute("drop schema if exists race cascade");
          tx.createScript(TABLES).execute();
        });
    world.stocked(OrderWorld.LAMP, UNITS);
  }

  private Map<Way, List<Round>> run(int rounds) {
    var all = new EnumMap<Way, List<Round>>(Way.class);
    for (var way : Way.values()) round(way, Duration.ofSeconds(1));
    for (var i = 1; i <= rounds; i++) {
      for (var way : Way.values()) {
        var round = round(way, Duration.ofSeconds(seconds));
        all.computeIfAbsent(way, _ -> new ArrayList<>()).add(round);
        print("round %d %-18s %8.0f/s".formatted(i, way, round.perSecond()));
      }
    }
    return all;
  }

  private Round round(Way way, Duration length) {
    if (way == Way.SKIP_LOCKED) refill();
    var start = System.nanoTime();
    var end = start + length.toNanos();
    var took = new ConcurrentLinkedQueue<long[]>();
    var crowd = new ArrayList<Callable<Void>>();
    for (var i = 0; i < clients; i++) {
      crowd.add(
          () -> {
            took.add(client(way, end));
            return null;
          });
    }
    OrderWorld.atOnce(crowd);
    var elapsed = System.nanoTime() - start;
    var all = took.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Round(
        all.length * 1e9 / elapsed, all[all.length / 2] / 1e6, all[all.length * 99 / 100] / 1e6);
  }

  private long[] client(Way way, long end) {
    var took = new long[1_000];
    var count = 0;
    for (var before = System.nanoTime(); before < end; ) {
      buy(way);
      var after = System.nanoTime();
      if (count == took.length) took = Arrays.copyOf(took, count * 2);
      took[count++] = after - before;
      before = after;
    }
    return Arrays.copyOf(took, count);
  }

  private void buy(Way way) {
    switch (way) {
      case CONDITIONAL_UPDATE -> update();
      case SKIP_LOCKED -> token();
      case SAME_ROWS -> same.submit(0, UUID.randomUUID());
      case HOLD -> hold();
      case CHECKOUT -> checkout();
    }
  }

  private void update() {
    database.change(
        tx -> {
          var rows =
              tx.execute(
                  "update race.stock set available = available - 1"
                      + " where id = 1 and available >= 1");
          if (rows != 1) throw new IllegalStateException("sold out");
          tx.createUpdate(BUY)
              .bind("id", UUID.randomUUID())
              .bind("buyer", UUID.randomUUID())
              .bind("at", OrderWorld.NOW.toString())
              .execute();
        });
  }

  private void token() {
    var rows =
        database.read(
            tx ->
                tx.createUpdate(TAKE_TOKEN)
                    .bind("id", UUID.randomUUID())
                    .bind("buyer", UUID.randomUUID())
                    .bind("at", OrderWorld.NOW.toString())
                    .execute());
    if (rows != 1) throw new IllegalStateException("no token left");
  }

  private static List<UUID> sameRows(Handle tx, List<UUID> buyers) {
    var ids = new ArrayList<UUID>(buyers.size());
    for (var _ : buyers) ids.add(UUID.randomUUID());
    var trip = new RoundTrip(tx);
    trip.change(
        TAKE_MANY,
        buyers.size(),
        buyers.size(),
        OrderWorld.NOW,
        Column.of("uuid", ids),
        Column.of("uuid", buyers));
    trip.send();
    return ids;
  }

  private void hold() {
    var line = new HoldRequest.Line(OrderWorld.LAMP, 1);
    var answer = holds.submit(0, new HoldRequest(new HoldId(UUID.randomUUID()), List.of(line)));
    if (!(answer instanceof Hold.Granted)) throw new IllegalStateException("not held: " + answer);
  }

  private void checkout() {
    var line = OrderWorld.line(OrderWorld.LAMP, 1);
    var outcome =
        world.checkout.place(
            new Placement(
                OrderId.fresh(),
                UUID.randomUUID(),
                "race",
                List.of(line),
                Language.ENGLISH,
                OrderWorld.NOW));
    if (!(outcome instanceof Placement.Outcome.Placed)) {
      throw new IllegalStateException("not placed: " + outcome);
    }
  }

  private void refill() {
    database.change(
        tx -> {
          tx.execute("truncate race.token");
          tx.execute("insert into race.token select from generate_series(1, %d)".formatted(TOKENS));
        });
    database.read(tx -> tx.execute("vacuum analyze race.token"));
  }

  private void report(Map<Way, List<Round>> rounds) throws IOException {
    var rows = new ArrayList<Row>();
    for (var way : Way.values()) {
      rows.add(
          new Row(
              way,
              median(Objects.requireNonNull(rounds.get(way))),
              ratio(rounds, way, Way.CONDITIONAL_UPDATE),
              ratio(rounds, way, Way.SKIP_LOCKED)));
    }
    var json = new StringBuilder("{\"at\":\"%s\",\"rounds\":[".formatted(Instant.now()));
    print(
        "\n%-18s %9s %9s %9s %9s %9s"
            .formatted("way", "holds/s", "p50 ms", "p99 ms", "x a", "x b"));
    for (var row : rows) {
      var it = row.median();
      print(
          "%-18s %9.0f %9.1f %9.1f %9.1f %9.1f"
              .formatted(
                  row.way(),
                  it.perSecond(),
                  it.p50Ms(),
                  it.p99Ms(),
                  row.toUpdate(),
                  row.toTokens()));
      if (row.way() != Way.CONDITIONAL_UPDATE) json.append(',');
      json.append(
          String.format(
              Locale.ROOT,
              "{\"way\":\"%s\",\"holdsPerSecond\":%.0f,\"p50Ms\":%.1f,\"p99Ms\":%.1f,"
                  + "\"ratioToUpdate\":%.1f,\"ratioToTokens\":%.1f}",
              row.way(),
              it.perSecond(),
              it.p50Ms(),
              it.p99Ms(),
              row.toUpdate(),
              row.toTokens()));
    }
    Files.writeString(JSON, json.append("]}\n"));
    var unexplained = world.audit();
    print("stock that nobody explains: " + unexplained);
    if (!unexplained.isEmpty()) throw new IllegalStateException("audit: " + unexplained);
  }

  // Each round against its neighbours, since the machine is busier in some rounds than in others.
  private static double ratio(Map<Way, List<Round>> rounds, Way way, Way other) {
    var mine = Objects.requireNonNull(rounds.get(way));
    var theirs = Objects.requireNonNull(rounds.get(other));
    var ratios = new double[mine.size()];
    for (var i = 0; i < ratios.length; i++) {
      ratios[i] = mine.get(i).perSecond() / theirs.get(i).perSecond();
    }
    return middle(ratios);
  }

  private static Round median(List<Round> rounds) {
    return new Round(
        middle(rounds.stream().mapToDouble(Round::perSecond).toArray()),
        middle(rounds.stream().mapToDouble(Round::p50Ms).toArray()),
        middle(rounds.stream().mapToDouble(Round::p99Ms).toArray()));
  }

  private static double middle(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
