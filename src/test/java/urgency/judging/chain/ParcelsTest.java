package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import urgency.judging.FakeBatches.Fault;
import urgency.judging.FakeLlm.Act;
import urgency.judging.JudgeCall;
import urgency.judging.JudgeCall.Outcome;
import urgency.judging.JudgeLog;
import urgency.judging.JudgeSettings;
import urgency.judging.Verdicts;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** What is sent ahead through batch interfaces, over restarts and between nodes. */
class ParcelsTest {
  private static final Database DATABASE = TestDatabase.fresh();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Ahead shop = new Ahead(DATABASE, JudgeSettings.Provider.ANTHROPIC);

  @AfterEach
  void close() {
    shop.close();
  }

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void what_was_sent_ahead_is_judged_at_half_price_and_the_round_asks_nothing(
      JudgeSettings.Provider provider) {
    at(provider);

    assertThat(shop.send(60)).isEqualTo(3);
    shop.look();

    assertThat(shop.state()).isEqualTo("DONE");
    assertThat(shop.judged()).isEqualTo(60);
    assertThat(shop.canaries()).isEqualTo(new JudgeLog.Canaries(6, 6));
    assertThat(shop.calls())
        .hasSize(3)
        .allSatisfy(
            it -> {
              assertThat(it.tier()).isEqualTo("batch");
              assertThat(it.outcome()).isEqualTo(Outcome.ANSWERED);
              assertThat(it.settledMicros().orElseThrow()).isEqualTo(half(it));
            });
    assertThat(shop.spend().openMicros()).isZero();
    assertThat(shop.topUp(60)).isZero();
    assertThat(shop.askedAlone()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void the_most_that_it_can_cost_is_reserved_before_it_is_sent(JudgeSettings.Provider provider) {
    at(provider);
    shop.fake.next(Act.RATE_LIMITED);

    shop.send(60);

    assertThat(shop.fake.batches().made()).isZero();
    assertThat(shop.state()).isEqualTo("MADE");
    var parcel = DATABASE.read(tx -> new ParcelBook().open(tx)).getFirst();
    var questions = DATABASE.read(tx -> new ParcelBook().questions(tx, parcel.id())).values();
    var most = 0L;
    for (var it : questions) {
      most += Math.ceilDiv((it.request().length + 512) * 50_000L + 4_000 * 250_000L, 1_000_000L);
    }
    assertThat(questions).hasSize(3);
    assertThat(shop.spend().openMicros()).isEqualTo(most);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void another_node_takes_in_what_this_one_sent(JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.SLOW);
    shop.send(40);
    shop.look();
    assertThat(shop.state()).isEqualTo("SENT");

    shop.batchesAre();
    shop.look();

    assertThat(shop.judged()).isEqualTo(40);
    assertThat(shop.fake.batches().made()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_node_that_died_while_it_sent_is_looked_for_and_not_repeated(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.SLOW);
    shop.send(40);
    shop.change("update judging.parcel set state = 'SENDING', remote = ''");

    shop.batchesAre();
    shop.look();
    shop.look();

    assertThat(shop.state()).isEqualTo("DONE");
    assertThat(shop.judged()).isEqualTo(40);
    assertThat(shop.fake.batches().made()).isEqualTo(1);
  }

  @Test
  void a_node_that_died_before_anything_left_keeps_its_reservations() {
    shop.fake.next(Act.RATE_LIMITED);
    shop.send(1);
    shop.change("update judging.parcel set state = 'SENDING', sending_at = made_at");

    shop.look();
    assertThat(shop.state()).isEqualTo("SENDING");
    shop.pass(Duration.ofHours(26));
    shop.look();

    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.outcomes()).containsExactly(Outcome.BROKEN);
    assertThat(shop.spend().openMicros()).isPositive();
    assertThat(shop.fake.batches().made()).isZero();
  }

  @Test
  void nodes_that_go_on_at_once_send_it_once() throws InterruptedException {
    shop.fake.next(Act.RATE_LIMITED);
    shop.send(40);
    assertThat(shop.state()).isEqualTo("MADE");

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> looking = Executors.callable(shop::look);
      var _ = threads.invokeAll(List.of(looking, looking, looking, looking));
    }
    shop.look();

    assertThat(shop.fake.batches().made()).isEqualTo(1);
    assertThat(shop.judged()).isEqualTo(40);
  }

  @Test
  void for_one_refresh_one_batch_is_sent_and_none_while_another_is_open() {
    shop.batchesAre(Fault.SLOW);
    shop.send(10);

    assertThat(shop.send(10)).isZero();
    assertThat(shop.node().ahead(Ahead.lamps(20), shop.refresh.plus(Ahead.LEAD))).isZero();
    shop.batchesAre();
    shop.look();
    assertThat(shop.send(20)).isZero();
    assertThat(shop.node().ahead(Ahead.lamps(20), shop.refresh.plus(Ahead.LEAD))).isEqualTo(1);
  }

  @Test
  void what_was_taken_in_is_taken_in_once() {
    shop.send(40);
    shop.look();
    var spent = shop.spend();
    shop.change("update judging.parcel set state = 'SENT'");

    shop.look();

    assertThat(shop.judged()).isEqualTo(40);
    assertThat(shop.spend()).isEqualTo(spent);
  }

  @Test
  void what_is_slow_is_asked_alone_before_the_refresh_and_its_answers_still_count_later() {
    shop.batchesAre(Fault.SLOW);
    shop.send(20);
    shop.pass(Ahead.LEAD.minusMinutes(15));
    shop.look();

    assertThat(shop.topUp(20)).isEqualTo(20);
    shop.batchesAre();
    shop.pass(Duration.ofHours(1));
    shop.look();

    assertThat(shop.state()).isEqualTo("DONE");
    assertThat(shop.judged()).isEqualTo(40);
    assertThat(shop.spend().openMicros()).isZero();
  }

  @Test
  void what_nobody_answers_within_a_day_is_given_up_and_its_reservations_stand() {
    shop.batchesAre(Fault.SLOW);
    shop.send(20);
    shop.pass(Duration.ofHours(25));
    shop.look();
    assertThat(shop.state()).isEqualTo("SENT");

    shop.pass(Duration.ofHours(1));
    shop.look();

    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.outcomes()).containsExactly(Outcome.BROKEN);
    assertThat(shop.spend().openMicros()).isPositive();
  }

  @Test
  void it_takes_no_more_than_a_cap_allows_and_the_most_wanted_first() {
    shop.close();
    shop = new Ahead(DATABASE, JudgeSettings.Provider.OPENAI, "URGENCY_JUDGE_CAP_RUN_CENTS", "1");

    var sent = shop.send(1_000);

    assertThat(sent).isPositive().isLessThan(36);
    assertThat(shop.spend().atMostMicros()).isPositive().isLessThanOrEqualTo(10_000);
    shop.look();
    assertThat(shop.judged()).isEqualTo(sent * 28);
    assertThat(shop.one("select count(*) from judging.judgement where verdict ->> 'fit' = '3'"))
        .isEqualTo(Integer.toString(sent * 28));
  }

  @Test
  void where_no_money_is_left_nothing_is_sent() {
    shop.close();
    shop = new Ahead(DATABASE, JudgeSettings.Provider.OPENAI, "URGENCY_JUDGE_CAP_DAY_CENTS", "0");

    assertThat(shop.send(10)).isZero();
    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.fake.asked()).isEmpty();
  }

  @Test
  void a_model_without_a_price_for_batches_is_not_sent_any() {
    shop.close();
    shop =
        new Ahead(
            DATABASE, JudgeSettings.Provider.OPENAI, "URGENCY_JUDGE_MODEL", "gpt-of-tomorrow");

    assertThat(shop.send(10)).isZero();
    assertThat(shop.fake.asked()).isEmpty();
  }

  @Test
  void switched_off_nothing_is_sent() {
    shop.close();
    shop = new Ahead(DATABASE, JudgeSettings.Provider.OPENAI, "URGENCY_JUDGE_BATCH", "false");

    assertThat(shop.send(10)).isZero();
    assertThat(shop.fake.asked()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void an_answer_from_a_batch_is_on_record_as_if_it_had_come_alone(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.send(4);
    var asked = DATABASE.read(tx -> new ParcelBook().open(tx)).getFirst();
    var question =
        DATABASE.read(tx -> new ParcelBook().questions(tx, asked.id())).values().iterator().next();
    shop.look();
    shop.fake.close();

    var replay =
        new ReplayJudge(DATABASE, Judges.dialect(provider), shop.settings.models().getFirst());
    var verdicts = replay.judge(question.question(), shop.start.plus(MINUTE));

    assertThat(verdicts).isInstanceOf(Verdicts.Given.class);
    assertThat(question.question().judged((Verdicts.Given) verdicts)).hasSize(4);
  }

  @Test
  void an_answer_to_a_question_in_other_words_is_paid_for_and_not_believed() {
    shop.batchesAre(Fault.SLOW);
    shop.send(4);
    shop.change("update judging.call set request_digest = 'of another release'");
    shop.batchesAre();

    shop.look();

    assertThat(shop.outcomes()).containsExactly(Outcome.GARBLED);
    assertThat(shop.judged()).isZero();
    assertThat(shop.spend().openMicros()).isZero();
  }

  @Test
  void what_was_sent_is_forgotten_with_its_calls() {
    shop.send(4);
    shop.look();

    shop.pass(shop.settings.keep().plus(MINUTE));
    shop.topUp(1);

    assertThat(shop.one("select count(*) from judging.parcel")).isEqualTo("0");
    assertThat(shop.one("select count(*) from judging.parcel_question")).isEqualTo("0");
  }

  private void at(JudgeSettings.Provider provider) {
    shop.close();
    shop = new Ahead(DATABASE, provider);
  }

  private static long half(JudgeCall it) {
    return Math.ceilDiv(it.tokensIn() * 50_000L + it.tokensOut() * 250_000L, 1_000_000L);
  }
}
