package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import urgency.judging.FakeBatches.Fault;
import urgency.judging.FakeLlm.Act;
import urgency.judging.JudgeCall.Outcome;
import urgency.judging.JudgeSettings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** Batches that go wrong, at either provider: what is judged, paid, and asked again alone. */
class ParcelFaultsTest {
  private static final Database DATABASE = TestDatabase.fresh();

  /** Two questions, of twenty-eight products and of two. */
  private static final int LAMPS = 30;

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
  void a_submission_that_is_denied_is_made_again_at_the_next_look(JudgeSettings.Provider provider) {
    for (var act : new Act[] {Act.RATE_LIMITED, Act.OVERLOADED}) {
      at(provider);
      shop.fake.next(act);

      shop.send(LAMPS);
      assertThat(shop.state()).as("%s", act).isEqualTo("MADE");
      shop.look();
      shop.look();

      assertThat(shop.state()).as("%s", act).isEqualTo("DONE");
      assertThat(shop.judged()).isEqualTo(LAMPS);
      assertThat(shop.fake.batches().made()).isEqualTo(1);
      shop.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void after_an_error_of_the_providers_own_it_is_not_made_again_and_its_money_stands(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.fake.next(Act.SERVER_ERROR);

    shop.send(LAMPS);
    shop.look();
    shop.look();

    assertThat(shop.state()).isEqualTo("SENDING");
    assertThat(shop.fake.batches().made()).isZero();
    assertThat(shop.spend().atMostMicros()).isPositive();
    assertThat(shop.topUp(LAMPS)).isEqualTo(LAMPS);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_submission_that_is_denied_five_times_is_given_up_and_costs_nothing(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.fake.otherwise(Act.JUDGE);
    for (var i = 0; i < 10; i++) shop.fake.next(Act.RATE_LIMITED);

    shop.send(LAMPS);
    for (var i = 0; i < 6; i++) shop.look();

    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.spend().atMostMicros()).isZero();
    assertThat(shop.outcomes()).containsExactly(Outcome.FAILED, Outcome.FAILED);
    shop.fake.otherwise(Act.JUDGE);
    assertThat(shop.topUp(LAMPS)).isEqualTo(LAMPS);
  }

  @Test
  void a_submission_that_is_denied_until_the_round_begins_is_given_up() {
    shop.fake.next(Act.RATE_LIMITED);
    shop.send(LAMPS);

    shop.pass(Ahead.LEAD.minusMinutes(15));
    shop.look();

    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.fake.batches().made()).isZero();
    assertThat(shop.spend().atMostMicros()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_submission_that_can_never_be_taken_is_not_made_again(JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.REFUSED);

    shop.send(LAMPS);

    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.one("select note from judging.parcel")).isEqualTo("status 400");
    assertThat(shop.spend().atMostMicros()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_submission_that_is_confirmed_too_late_is_found_and_not_repeated(
      JudgeSettings.Provider provider) {
    at(provider, "URGENCY_JUDGE_TIMEOUT", "50ms");
    shop.batchesAre(Fault.LATE);

    shop.send(LAMPS);
    assertThat(shop.state()).isEqualTo("SENDING");
    shop.batchesAre();
    shop.look();
    shop.look();

    assertThat(shop.state()).isEqualTo("DONE");
    assertThat(shop.judged()).isEqualTo(LAMPS);
    assertThat(shop.fake.batches().made()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_submission_that_was_taken_although_it_was_denied_is_found(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.DENIED_YET_TAKEN);

    shop.send(LAMPS);
    assertThat(shop.state()).isEqualTo("SENDING");
    shop.batchesAre();
    shop.look();
    shop.look();

    assertThat(shop.judged()).isEqualTo(LAMPS);
    assertThat(shop.fake.batches().made()).isEqualTo(1);
  }

  @Test
  void of_two_that_look_alike_none_is_taken_where_batches_carry_no_name() {
    shop.batchesAre(Fault.DENIED_YET_TAKEN, Fault.TWIN);
    shop.send(LAMPS);
    shop.batchesAre();

    shop.look();
    shop.look();

    assertThat(shop.state()).isEqualTo("SENDING");
    assertThat(shop.fake.batches().made()).isEqualTo(2);
  }

  @Test
  void of_two_that_look_alike_ours_is_found_where_they_carry_a_name() {
    at(JudgeSettings.Provider.OPENAI);
    shop.batchesAre(Fault.DENIED_YET_TAKEN, Fault.TWIN);
    shop.send(LAMPS);
    shop.batchesAre();

    shop.look();
    shop.look();

    assertThat(shop.judged()).isEqualTo(LAMPS);
    assertThat(shop.fake.batches().made()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_connection_that_breaks_leaves_it_open_whether_it_arrived(JudgeSettings.Provider provider) {
    at(provider);
    shop.fake.next(Act.RESET);

    shop.send(LAMPS);
    shop.look();

    assertThat(shop.state()).isEqualTo("SENDING");
    assertThat(shop.spend().openMicros()).isPositive();
    assertThat(shop.topUp(LAMPS)).isEqualTo(LAMPS);
    assertThat(shop.fake.batches().made()).isZero();
  }

  @Test
  void a_file_that_is_not_kept_is_uploaded_again() {
    at(JudgeSettings.Provider.OPENAI);
    shop.batchesAre(Fault.NO_UPLOAD);
    shop.send(LAMPS);
    assertThat(shop.state()).isEqualTo("MADE");

    shop.batchesAre();
    shop.look();
    shop.look();

    assertThat(shop.judged()).isEqualTo(LAMPS);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void answers_that_cannot_be_fetched_are_fetched_later(JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.NO_DOWNLOAD);
    shop.send(LAMPS);
    shop.look();
    assertThat(shop.state()).isEqualTo("SENT");

    shop.batchesAre();
    shop.look();

    assertThat(shop.judged()).isEqualTo(LAMPS);
  }

  @Test
  void a_batch_that_is_rejected_costs_nothing_and_is_asked_alone() {
    at(JudgeSettings.Provider.OPENAI);
    shop.batchesAre(Fault.FAILED);

    shop.send(LAMPS);
    shop.look();

    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.one("select note from judging.parcel")).isEqualTo("token_limit_exceeded");
    assertThat(shop.spend().atMostMicros()).isZero();
    assertThat(shop.topUp(LAMPS)).isEqualTo(LAMPS);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void what_expired_or_failed_is_released_and_alone_asked_again(JudgeSettings.Provider provider) {
    for (var fault : new Fault[] {Fault.EXPIRED, Fault.ERRORED}) {
      at(provider);
      shop.batchesAre(fault);

      shop.send(LAMPS);
      shop.look();

      assertThat(shop.state()).isEqualTo("DONE");
      assertThat(shop.outcomes()).containsExactly(Outcome.ANSWERED, Outcome.FAILED);
      assertThat(shop.spend().openMicros()).isZero();
      restIsAskedAlone();
      shop.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void an_answer_that_ends_in_its_middle_is_paid_for_and_alone_asked_again(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.CUT_ANSWER);

    shop.send(LAMPS);
    shop.look();

    assertThat(shop.outcomes()).containsExactly(Outcome.ANSWERED, Outcome.CUT);
    assertThat(shop.spend().openMicros()).isZero();
    restIsAskedAlone();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_body_that_is_broken_costs_only_itself_and_keeps_its_reservation(
      JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.BROKEN_BODY);

    shop.send(LAMPS);
    shop.look();

    assertThat(shop.outcomes()).containsExactly(Outcome.ANSWERED, Outcome.GARBLED);
    assertThat(shop.spend().openMicros()).isPositive();
    restIsAskedAlone();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void a_line_that_is_broken_or_missing_keeps_its_reservation(JudgeSettings.Provider provider) {
    for (var fault : new Fault[] {Fault.BROKEN_LINE, Fault.MISSING}) {
      at(provider);
      shop.batchesAre(fault);

      shop.send(LAMPS);
      shop.look();

      assertThat(shop.state()).isEqualTo("DONE");
      assertThat(shop.outcomes()).containsExactly(Outcome.ANSWERED, Outcome.BROKEN);
      assertThat(shop.spend().openMicros()).isPositive();
      restIsAskedAlone();
      shop.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void neither_order_nor_strangers_nor_repetition_change_anything(JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.UNKNOWN_NAME, Fault.DUPLICATE_NAME);

    shop.send(LAMPS);
    shop.look();

    assertThat(shop.judged()).isEqualTo(LAMPS);
    assertThat(shop.outcomes()).containsExactly(Outcome.ANSWERED, Outcome.ANSWERED);
    assertThat(shop.one("select note from judging.parcel"))
        .isEqualTo("2 answered, 2 strange lines");
    assertThat(shop.spend().openMicros()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void answers_in_another_order_find_their_questions(JudgeSettings.Provider provider) {
    at(provider);
    shop.batchesAre(Fault.SHUFFLED);

    shop.send(100);
    shop.look();

    assertThat(shop.judged()).isEqualTo(100);
    assertThat(shop.canaries().hits()).isEqualTo(8);
  }

  @Test
  void the_key_goes_to_no_other_place_than_the_provider() {
    shop.batchesAre(Fault.ELSEWHERE);

    shop.send(LAMPS);
    shop.look();

    assertThat(shop.judged()).isEqualTo(LAMPS);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void neither_key_nor_a_providers_sentences_are_kept(JudgeSettings.Provider provider) {
    for (var fault : new Fault[] {Fault.FAILED, Fault.ERRORED, Fault.REFUSED}) {
      at(provider);
      shop.batchesAre(fault);
      shop.send(LAMPS);
      shop.look();

      for (var table : new String[] {"call", "parcel", "parcel_question"}) {
        assertThat(shop.one("select string_agg(t::text, ' ') from judging." + table + " t"))
            .doesNotContain("test-key");
      }
      assertThat(shop.fake.asked()).allMatch(it -> it.authorization().endsWith("test-key"));
      shop.close();
    }
  }

  @Test
  void a_provider_that_is_away_is_asked_again() {
    shop.fake.close();
    shop.send(LAMPS);

    assertThat(shop.state()).isEqualTo("MADE");
    shop.pass(Duration.ofMinutes(1));
    shop.look();
    assertThat(shop.state()).isEqualTo("MADE");
    shop.pass(Ahead.LEAD);
    shop.look();
    assertThat(shop.state()).isEqualTo("FAILED");
    assertThat(shop.spend().atMostMicros()).isZero();
  }

  // The question with most products is the first, or the second: ids are drawn.
  private void restIsAskedAlone() {
    var judged = shop.judged();
    assertThat(judged).isIn(2, 28);
    shop.batchesAre();
    assertThat(shop.topUp(LAMPS)).isEqualTo(LAMPS - judged);
    assertThat(shop.askedAlone()).isEqualTo(1);
  }

  private void at(JudgeSettings.Provider provider, String... more) {
    shop.close();
    shop = new Ahead(DATABASE, provider, more);
  }
}
