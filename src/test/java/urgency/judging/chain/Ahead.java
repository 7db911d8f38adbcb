package urgency.judging.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import urgency.judging.FakeBatches.Fault;
import urgency.judging.FakeLlm;
import urgency.judging.JudgeCall;
import urgency.judging.JudgeCall.Outcome;
import urgency.judging.JudgeLog;
import urgency.judging.JudgeSettings;
import urgency.judging.Judging;
import urgency.judging.Subject;
import urgency.platform.sql.Database;

/** A shop six hours before a refresh, with a judge that takes batches. */
final class Ahead implements AutoCloseable {
  static final Duration LEAD = Duration.ofHours(6);

  final FakeLlm fake = new FakeLlm(0);
  final Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);
  final Instant refresh = start.plus(LEAD);
  final JudgeSettings settings;
  private final Database database;
  private final AtomicReference<Instant> now = new AtomicReference<>(start);
  private final JudgeLog log = new JudgeLog();
  private final Judging one;
  private final Judging other;

  Ahead(Database database, JudgeSettings.Provider provider, String... more) {
    this.database = database;
    var given = Stream.concat(Stream.of("URGENCY_JUDGE_BATCH", "true"), Stream.of(more));
    var tier = Stream.of("URGENCY_JUDGE_TIER", "standard");
    settings = Judges.settings(fake, provider, Stream.concat(given, tier).toArray(String[]::new));
    one = Judges.ahead(database, settings, now::get);
    other = Judges.ahead(database, settings, now::get);
    database.change(
        tx ->
            tx.execute(
                "truncate judging.call, judging.ledger, judging.purse, judging.judgement,"
                    + " judging.canary, judging.note, judging.parcel, judging.parcel_question"));
  }

  /** The node that sends and asks. */
  Judging node() {
    return one;
  }

  int send(int lamps) {
    return node().ahead(lamps(lamps), refresh);
  }

  /** Another node looks. */
  void look() {
    other.look();
  }

  /** From now on, batches have these faults and no other. */
  void batchesAre(Fault... faults) {
    fake.batches().are(faults);
  }

  void pass(Duration span) {
    now.set(now.get().plus(span));
  }

  /** The round before the refresh; how many it had to judge. */
  int topUp(int lamps) {
    return node().run(lamps(lamps)).judged();
  }

  /** Requests that asked for one answer at once. */
  long askedAlone() {
    return fake.asked().stream().filter(it -> it.path().matches(".*/(responses|messages)")).count();
  }

  List<JudgeCall> calls() {
    return database.read(tx -> log.newest(tx, 100));
  }

  List<Outcome> outcomes() {
    return calls().stream().map(JudgeCall::outcome).sorted().toList();
  }

  JudgeLog.Spend spend() {
    return database.read(tx -> log.month(tx, start));
  }

  JudgeLog.Canaries canaries() {
    return database.read(tx -> log.canaries(tx, Instant.EPOCH));
  }

  String state() {
    return one("select string_agg(state, ' ') from judging.parcel");
  }

  int judged() {
    return Integer.parseInt(one("select count(*) from judging.judgement"));
  }

  String one(String sql) {
    return database.read(tx -> tx.createQuery(sql).mapTo(String.class).one());
  }

  void change(String sql) {
    database.change(tx -> tx.execute(sql));
  }

  static List<Subject> lamps(int count) {
    var lamps = new ArrayList<Subject>();
    for (var i = 1; i <= count; i++) lamps.add(Judges.lamp(i));
    return lamps;
  }

  @Override
  public void close() {
    fake.close();
  }
}
