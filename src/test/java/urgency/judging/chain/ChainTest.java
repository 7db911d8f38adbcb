package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import urgency.judging.Batch;
import urgency.judging.FakeLlm;
import urgency.judging.FakeLlm.Act;
import urgency.judging.Judge;
import urgency.judging.JudgeCall;
import urgency.judging.JudgeCall.Outcome;
import urgency.judging.JudgeLog;
import urgency.judging.JudgeSettings;
import urgency.judging.Subject;
import urgency.judging.Verdicts;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** The whole chain before a fake model: what is asked, kept, paid and tried again. */
class ChainTest {
  private static final Database DATABASE = TestDatabase.fresh();
  private static final InstantSource CLOCK = InstantSource.system();

  private final FakeLlm fake = new FakeLlm(0);
  private final JudgeLog log = new JudgeLog();

  @BeforeEach
  void empty() {
    DATABASE.change(
        tx ->
            tx.execute(
                "truncate judging.call, judging.ledger, judging.purse, judging.judgement,"
                    + " judging.canary, judging.note, judging.standing"));
  }

  @AfterEach
  void close() {
    fake.close();
  }

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @ParameterizedTest
  @EnumSource(JudgeSettings.Provider.class)
  void every_wire_brings_a_verdict_on_each_product_with_what_it_cost(
      JudgeSettings.Provider provider) {
    var batch = batch(3);

    var verdicts = judge(provider).judge(batch, soon());

    assertThat(verdicts).isInstanceOf(Verdicts.Given.class);
    var given = (Verdicts.Given) verdicts;
    assertThat(batch.judged(given)).hasSize(3);
    assertThat(batch.canaries(given)).hasSize(2).containsValue(true).doesNotContainValue(false);
    assertThat(calls())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.outcome()).isEqualTo(Outcome.ANSWERED);
              assertThat(it.modelReturned()).isEqualTo("fake-judge-1");
              assertThat(it.items()).isEqualTo(5);
              assertThat(it.tokensIn()).isPositive();
              assertThat(it.settledMicros().orElseThrow()).isLessThanOrEqualTo(it.reservedMicros());
              if (provider != JudgeSettings.Provider.COMPATIBLE) {
                assertThat(it.settledMicros().orElseThrow()).isPositive();
              }
            });
  }

  @Test
  void what_was_judged_is_not_asked_again_and_only_the_rest_is_paid_for() {
    var judge = judge(JudgeSettings.Provider.OPENAI);
    judge.judge(batch(3), soon());

    var larger = batch(5);
    var again = (Verdicts.Given) judge.judge(larger, soon());
    var nothingNew = judge.judge(batch(5), soon());

    assertThat(larger.judged(again)).hasSize(5);
    assertThat(nothingNew).isInstanceOf(Verdicts.Given.class);
    assertThat(calls()).extracting(JudgeCall::items).containsExactlyInAnyOrder(5, 4);
  }

  @Test
  void a_recorded_call_answers_again_without_a_wire() {
    var batch = batch(4);
    var settings = Judges.settings(fake, JudgeSettings.Provider.OPENAI);
    var first = (Verdicts.Given) Judges.judge(DATABASE, settings).judge(batch, soon());
    fake.close();

    var replay =
        new ReplayJudge(
            DATABASE, Judges.dialect(JudgeSettings.Provider.OPENAI), settings.models().getFirst());

    assertThat(((Verdicts.Given) replay.judge(batch, soon())).claims()).isEqualTo(first.claims());
    assertThat(replay.judge(batch(2), soon())).isInstanceOf(Verdicts.Broken.class);
  }

  @Test
  void what_may_yet_succeed_is_tried_twice_more_and_each_try_is_on_record() {
    fake.next(Act.RATE_LIMITED, Act.SERVER_ERROR, Act.JUDGE);

    var verdicts = judge(JudgeSettings.Provider.OPENAI).judge(batch(1), soon());

    assertThat(verdicts).isInstanceOf(Verdicts.Given.class);
    assertThat(calls())
        .extracting(JudgeCall::outcome)
        .containsExactlyInAnyOrder(Outcome.FAILED, Outcome.FAILED, Outcome.ANSWERED);
    assertThat(spend().openMicros()).isZero();
  }

  @Test
  void a_call_that_nobody_answered_keeps_its_reservation() {
    fake.otherwise(Act.RESET);

    var verdicts = judge(JudgeSettings.Provider.OPENAI).judge(batch(1), soon());

    assertThat(verdicts).isInstanceOf(Verdicts.Broken.class);
    assertThat(calls()).hasSize(3).allMatch(it -> it.settledMicros().isEmpty());
    assertThat(spend().openMicros()).isPositive();
  }

  @Test
  void a_wait_that_is_asked_for_longer_than_thirty_seconds_is_not_waited() {
    var waited = new ArrayList<Duration>();
    var patient =
        patient(
            (_, _) -> new Verdicts.Failed(429, java.util.Optional.of(Duration.ofSeconds(31))),
            waited);

    patient.judge(batch(1), soon());

    assertThat(waited).isEmpty();
  }

  @Test
  void waits_are_drawn_at_random_below_a_bound_that_doubles() {
    var waited = new ArrayList<Duration>();
    var patient = patient((_, _) -> new Verdicts.Failed(503, java.util.Optional.empty()), waited);

    for (var i = 0; i < 50; i++) patient.judge(batch(1), soon());

    assertThat(waited).hasSize(100).allMatch(it -> it.compareTo(Duration.ofSeconds(2)) <= 0);
    assertThat(waited).anyMatch(it -> it.compareTo(Duration.ofMillis(300)) < 0);
    assertThat(waited).anyMatch(it -> it.compareTo(Duration.ofSeconds(1)) > 0);
  }

  @Test
  void what_cannot_succeed_is_not_tried_again() {
    for (var status : List.of(400, 401, 403, 404, 413, 422)) {
      assertThat(Patient.mayYetSucceed(new Verdicts.Failed(status, java.util.Optional.empty())))
          .isFalse();
    }
    for (var status : List.of(408, 409, 429, 500, 502, 503, 529)) {
      assertThat(Patient.mayYetSucceed(new Verdicts.Failed(status, java.util.Optional.empty())))
          .isTrue();
    }
  }

  @Test
  void an_answer_that_is_slower_than_usual_is_asked_for_a_second_time_at_the_standard_tier() {
    var judge = judge(JudgeSettings.Provider.ANTHROPIC);
    for (var i = 0; i < 20; i++) judge.judge(one(100 + i), soon());
    fake.next(Act.SILENCE);

    var verdicts = judge.judge(one(7), soon());

    assertThat(verdicts).isInstanceOf(Verdicts.Given.class);
    assertThat(calls().subList(0, 2))
        .extracting(JudgeCall::outcome)
        .containsExactlyInAnyOrder(Outcome.STOPPED, Outcome.ANSWERED);
    assertThat(spend().openMicros()).isPositive();
  }

  @Test
  void a_model_that_fails_is_left_alone_and_the_second_one_is_asked() {
    try (var second = new FakeLlm(0)) {
      second.callItself("second");
      fake.otherwise(Act.SERVER_ERROR);
      var settings =
          Judges.settings(
              fake,
              JudgeSettings.Provider.OPENAI,
              "URGENCY_JUDGE_SECOND_PROVIDER",
              "anthropic",
              "URGENCY_JUDGE_SECOND_KEY",
              "other-key",
              "URGENCY_JUDGE_SECOND_BASE_URL",
              second.address());
      var judge = Judges.judge(DATABASE, settings);
      for (var i = 0; i < 4; i++) judge.judge(one(i), soon());
      var askedFirst = fake.asked().size();

      var verdicts = judge.judge(one(9), soon());

      assertThat(((Verdicts.Given) verdicts).receipt().modelReturned()).isEqualTo("second");
      assertThat(second.asked().getLast().authorization()).isEqualTo("other-key");
      assertThat(fake.asked()).hasSize(askedFirst);
    }
  }

  @Test
  void a_model_that_was_left_alone_is_tried_with_one_call_and_rests_twice_as_long() {
    var now = new AtomicReference<>(Instant.EPOCH);
    var answers = new AtomicReference<Verdicts>(new Verdicts.Broken("x"));
    var breaker = new Breaker(now::get).then("only", (_, _) -> answers.get());
    for (var i = 0; i < 4; i++) breaker.judge(batch(1), Instant.MAX);

    assertThat(breaker.judge(batch(1), Instant.MAX))
        .isEqualTo(new Verdicts.Shut(Instant.EPOCH.plusSeconds(60)));
    now.set(Instant.EPOCH.plusSeconds(60));
    assertThat(breaker.judge(batch(1), Instant.MAX)).isInstanceOf(Verdicts.Broken.class);
    assertThat(breaker.judge(batch(1), Instant.MAX))
        .isEqualTo(new Verdicts.Shut(Instant.EPOCH.plusSeconds(180)));
    now.set(Instant.EPOCH.plusSeconds(180));
    answers.set(given());
    breaker.judge(batch(1), Instant.MAX);
    assertThat(breaker.judge(batch(1), Instant.MAX)).isInstanceOf(Verdicts.Given.class);
  }

  @Test
  void three_refusals_in_a_row_shut_a_model() {
    fake.otherwise(Act.REFUSAL);
    var judge = judge(JudgeSettings.Provider.ANTHROPIC);
    for (var i = 0; i < 3; i++) {
      assertThat(judge.judge(one(i), soon())).isInstanceOf(Verdicts.Refused.class);
    }

    assertThat(judge.judge(one(9), soon())).isInstanceOf(Verdicts.Shut.class);
  }

  @Test
  void a_model_without_a_price_is_not_asked() {
    var settings =
        Judges.settings(
            fake, JudgeSettings.Provider.OPENAI, "URGENCY_JUDGE_MODEL", "gpt-of-tomorrow");

    assertThat(Judges.judge(DATABASE, settings).judge(batch(1), soon()))
        .isEqualTo(new Verdicts.NoMoney("no price is known for gpt-of-tomorrow"));
    assertThat(fake.asked()).isEmpty();
  }

  @Test
  void a_thread_that_dies_between_sending_and_settling_leaves_the_reservation() {
    var settings = Judges.settings(fake, JudgeSettings.Provider.OPENAI);
    var model = settings.models().getFirst();
    Judge dying =
        (_, _) -> {
          throw new IllegalStateException("killed");
        };
    var budgeted =
        new Budgeted(
            dying,
            DATABASE,
            new Ledger(),
            Prices.read(settings),
            Judges.dialect(JudgeSettings.Provider.OPENAI),
            model,
            settings.caps(),
            CLOCK);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> budgeted.judge(batch(1), soon()))
        .hasMessage("killed");

    assertThat(spend().openMicros()).isPositive();
    assertThat(spend().settledMicros()).isZero();
  }

  @Test
  void neither_key_nor_the_body_of_an_error_is_kept() {
    fake.next(Act.SERVER_ERROR, Act.SERVER_ERROR, Act.SERVER_ERROR);
    judge(JudgeSettings.Provider.OPENAI).judge(batch(1), soon());

    var rows =
        DATABASE.<List<String>>read(
            tx -> tx.createQuery("select c::text from judging.call c").mapTo(String.class).list());

    assertThat(rows).hasSize(3).noneMatch(it -> it.contains("test-key"));
    var bodies =
        DATABASE.<Integer>read(
            tx ->
                tx.createQuery("select count(response) from judging.call")
                    .mapTo(Integer.class)
                    .one());
    assertThat(bodies).isZero();
    assertThat(Judges.settings(fake, JudgeSettings.Provider.OPENAI).toString())
        .doesNotContain("test-key");
  }

  private Judge judge(JudgeSettings.Provider provider) {
    return Judges.judge(DATABASE, Judges.settings(fake, provider));
  }

  private static Patient patient(Judge next, List<Duration> waited) {
    return new Patient(
        next,
        new JudgeSettings.Patience(
            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 2, false),
        Judges.settings(new FakeLlm(0), JudgeSettings.Provider.OPENAI).models().getFirst(),
        CLOCK,
        new Random(3),
        waited::add,
        UUID::randomUUID);
  }

  private static Verdicts.Given given() {
    var receipt = new Verdicts.Receipt(new UUID(0, 0), "m", "r", java.util.Optional.empty());
    return new Verdicts.Given(List.of(), List.of(), receipt);
  }

  private List<JudgeCall> calls() {
    return DATABASE.read(tx -> log.newest(tx, 100));
  }

  private JudgeLog.Spend spend() {
    return DATABASE.read(tx -> log.today(tx, Instant.now()));
  }

  private static Batch batch(int products) {
    var subjects = new ArrayList<Subject>();
    for (var i = 1; i <= products; i++) subjects.add(Judges.lamp(i));
    return batch(subjects);
  }

  private static Batch one(int number) {
    return batch(List.of(Judges.lamp(number)));
  }

  private static Batch batch(List<Subject> subjects) {
    var today = LocalDate.parse("2026-11-25");
    return Batch.of(UUID.randomUUID(), new UUID(0, 1), subjects, today, 42);
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }
}
