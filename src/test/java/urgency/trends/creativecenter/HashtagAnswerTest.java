package urgency.trends.creativecenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import urgency.trends.TrendObservation;
import urgency.trends.TrendObservation.Point;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;

class HashtagAnswerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final String LIST = "creativeone_hashtag_list_anonymous";

  @Test
  void a_hashtag_is_read_whole() {
    var rows = ((FetchResult.Fresh) fixture(LIST)).rows();

    assertThat(rows).hasSize(3);
    var row = rows.getFirst();
    assertThat(row.externalId()).isEqualTo("1600000000000001");
    assertThat(row.key()).isEqualTo("exampleblender");
    assertThat(row.rank()).isEqualTo(OptionalInt.of(1));
    assertThat(row.posts()).isEqualTo(52_400);
    assertThat(row.views()).isEqualTo(120_500_000);
    assertThat(row.asOf()).isEqualTo(LocalDate.parse("2026-09-18"));
    assertThat(row.curve()).hasSize(7).endsWith(new Point(LocalDate.parse("2026-09-18"), 100));
    assertThat(row.industries()).containsExactly("18000000000");
    assertThat(row.kind()).isEqualTo(TrendObservation.Kind.HASHTAG);
  }

  @Test
  void numbers_are_read_as_numbers_too_and_names_are_folded() {
    var row = ((FetchResult.Fresh) fixture("creativeone_hashtag_list_young_numbers")).rows();

    assertThat(row)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.externalId()).isEqualTo("7600000000000000123");
              assertThat(it.key()).isEqualTo("examplemushroomlamp");
              assertThat(it.displayName()).isEqualTo("ExampleMushroom_Lamp");
              assertThat(it.curve()).hasSize(3);
            });
  }

  @Test
  void former_names_are_understood_and_shares_become_percent() {
    var fresh = (FetchResult.Fresh) fixture("radar_v1_hashtag_list_retired");

    assertThat(fresh.rows().getFirst().curve()).last().extracting(Point::value).isEqualTo(100.0);
    assertThat(fresh.aliases())
        .containsEntry("hashtag_name", 1)
        .containsEntry("publish_cnt", 1)
        .containsEntry("trend", 1)
        .containsEntry("data.list", 1);
  }

  @Test
  void people_are_dropped_before_anything_is_kept() {
    var fresh = (FetchResult.Fresh) fixture(LIST);

    assertThat(new String(fresh.payloads().getFirst(), StandardCharsets.UTF_8))
        .contains("exampleblender")
        .doesNotContain("topCreators", "example_creator", "nickname", "followedCnt");
  }

  @Test
  void success_without_data_is_a_retirement() {
    assertThat(fixture("radar_v1_deprecated"))
        .isEqualTo(new FetchResult.Retired("0", "deprecated"));
    assertThat(body("{\"BaseResp\":{\"StatusCode\":0,\"StatusMessage\":\"\"}}"))
        .isInstanceOf(FetchResult.Retired.class);
  }

  @Test
  void refusals_are_told_by_their_code_not_by_http() {
    assertThat(fixture("creativeone_invalid_login"))
        .isEqualTo(new FetchResult.Refused("38001001", "InvalidLogin"));
    assertThat(fixture("radar_v1_no_permission"))
        .isEqualTo(new FetchResult.Refused("40101", "no permission"));
  }

  @Test
  void nothing_is_empty() {
    assertThat(fixture("creativeone_empty_ok")).isInstanceOf(FetchResult.Empty.class);
    assertThat(body("")).isInstanceOf(FetchResult.Empty.class);
    assertThat(body(" \n")).isInstanceOf(FetchResult.Empty.class);
  }

  @Test
  void pages_and_lists_are_a_challenge() {
    assertThat(body("<html></html>")).isInstanceOf(FetchResult.Challenged.class);
    assertThat(body("[]")).isInstanceOf(FetchResult.Challenged.class);
  }

  @Test
  void a_cut_off_answer_may_pass_but_a_malformed_one_is_drift() {
    assertThat(body("{\"BaseResp\":{\"StatusCode\":0")).isInstanceOf(FetchResult.Transient.class);
    assertThat(body("{\"BaseResp\":}")).isInstanceOf(FetchResult.Drift.class);
  }

  @Test
  void http_says_what_it_can() {
    assertThat(status(401)).isInstanceOf(FetchResult.Refused.class);
    assertThat(status(410)).isInstanceOf(FetchResult.Retired.class);
    assertThat(status(302)).isInstanceOf(FetchResult.Retired.class);
    assertThat(status(503)).isInstanceOf(FetchResult.Transient.class);
    assertThat(status(204)).isInstanceOf(FetchResult.Empty.class);
    assertThat(status(400)).isInstanceOf(FetchResult.Drift.class);
  }

  @Test
  void a_value_outside_the_scale_is_drift() {
    assertDrift(it -> point(it).put("value", 100.1));
    assertDrift(it -> point(it).put("value", -0.1));
    assertDrift(it -> point(it).put("value", "NaN"));
  }

  @Test
  void a_curve_that_is_not_daily_is_drift() {
    assertDrift(it -> point(it).put("timestamp", "1789171201"));
    assertDrift(it -> point(it).put("timestamp", "1789084800"));
    assertDrift(it -> point(it).put("timestamp", "99999999999999"));
  }

  @Test
  void counts_that_cannot_be_are_drift() {
    assertDrift(it -> row(it).put("publishCnt", "-1"));
    assertDrift(it -> row(it).put("vv", 1.5));
    assertDrift(it -> row(it).put("vv", "9223372036854775808"));
    assertDrift(it -> row(it).put("vv", true));
  }

  @Test
  void one_id_twice_is_drift() {
    assertDrift(it -> row(it).put("hashtagID", "1600000000000002"));
  }

  @Test
  void ids_that_went_through_javascript_are_drift() {
    assertDrift(
        it -> it.withArray("items").forEach(row -> rounded((ObjectNode) row, row.get("vv"))));
  }

  @Test
  void more_than_a_fifth_of_rows_without_a_field_is_drift() {
    assertDrift(it -> row(it).remove("popularityCurve"));
    assertDrift(it -> row(it).put("hashtagName", " # "));
  }

  @Test
  void a_fifth_of_rows_without_a_field_is_passed_over() {
    var root = tree();
    var items = root.withArray("items");
    for (var i = 0; i < 2; i++) {
      items.add(row(root).deepCopy().put("hashtagID", "170000000000000" + i));
    }
    row(root).remove("vv");

    assertThat(((FetchResult.Fresh) body(root.toString())).rows()).hasSize(4);
  }

  @Test
  void what_is_not_a_letter_is_taken_out_of_names() {
    var root = tree();
    row(root).put("hashtagName", "Lip\u0000\u202eHALF Oil\u200b");

    // Half of an emoji, which only an escape can carry.
    var body = root.toString().replace("HALF", "\\ud83d");

    assertThat(((FetchResult.Fresh) body(body)).rows().getFirst().displayName())
        .isEqualTo("Lip Oil");
  }

  @Test
  void hashtags_of_any_language_are_read_as_they_are() {
    for (var name :
        List.of("猫カフェ", "قهوة", "קפה", "кофе", "कॉफ़ी", "กาแฟ", "café", "커피", "☕️🔥", "ﬁsh")) {
      var root = tree();
      row(root).put("hashtagName", name);

      var first = ((FetchResult.Fresh) body(root.toString())).rows().getFirst();

      assertThat(first.displayName()).isEqualTo(name);
      assertThat(first.key()).isNotEmpty();
    }
  }

  @Test
  void a_poisoned_name_spoils_its_row_and_no_more() {
    for (var name : List.of("x".repeat(10_000), "\u202e\u2066\u200b", "#__ #", "\u0000\u0007")) {
      var root = tree();
      var items = root.withArray("items");
      for (var i = 0; i < 2; i++) {
        items.add(row(root).deepCopy().put("hashtagID", "170000000000000" + i));
      }
      row(root).put("hashtagName", name);

      assertThat(((FetchResult.Fresh) body(root.toString())).rows()).hasSize(4);
    }
  }

  @Test
  void markup_in_a_name_is_text_like_any_other() {
    var root = tree();
    row(root).put("hashtagName", "<script>alert(1)</script>");

    assertThat(((FetchResult.Fresh) body(root.toString())).rows().getFirst().displayName())
        .isEqualTo("<script>alert(1)</script>");
  }

  @Test
  void drift_keeps_what_was_said_for_looking_into_it() {
    var root = tree();
    row(root).put("vv", true);

    var drift = (FetchResult.Drift) body(root.toString());

    assertThat(drift.report()).isEqualTo("views is BOOLEAN");
    assertThat(drift.payloads()).hasSize(1);
  }

  private static void rounded(ObjectNode row, Object seed) {
    row.put(
        "hashtagID", "76" + String.format("%014d", seed.hashCode() & Integer.MAX_VALUE) + "000");
  }

  private static void assertDrift(Consumer<ObjectNode> change) {
    var root = tree();
    change.accept(root);

    assertThat(body(root.toString())).isInstanceOf(FetchResult.Drift.class);
  }

  private static ObjectNode tree() {
    try {
      return (ObjectNode) JSON.readTree(fixtureBytes(LIST));
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException(damaged);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static ObjectNode row(ObjectNode root) {
    return (ObjectNode) root.withArray("items").get(0);
  }

  private static ObjectNode point(ObjectNode root) {
    return (ObjectNode) row(root).withArray("popularityCurve").get(1);
  }

  private static FetchResult status(int status) {
    return answer().classify(status, "", "", new byte[0]);
  }

  private static FetchResult fixture(String name) {
    var body = fixtureBytes(name);
    return answer().classify(200, "application/json", "", body);
  }

  static FetchResult body(String body) {
    return answer().classify(200, "application/json", "", body.getBytes(StandardCharsets.UTF_8));
  }

  static HashtagAnswer answer() {
    return new HashtagAnswer(
        "creative-center",
        new FetchRequest("US", 7, NOW, NOW.plusSeconds(60), Optional.empty(), Budget.UNLIMITED));
  }

  static List<String> fixtures() {
    return List.of(
        LIST,
        "creativeone_hashtag_list_young_numbers",
        "creativeone_empty_ok",
        "creativeone_invalid_login",
        "radar_v1_hashtag_list_retired",
        "radar_v1_no_permission",
        "radar_v1_deprecated",
        "radar_v1_top_products_retired");
  }

  static byte[] fixtureBytes(String name) {
    try (var in = HashtagAnswerTest.class.getResourceAsStream("/tiktok/" + name + ".json")) {
      if (in == null) throw new IllegalArgumentException("no fixture " + name);
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
