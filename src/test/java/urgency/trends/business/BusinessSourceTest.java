package urgency.trends.business;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.trends.OfficialSettings.Business;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.fake.Shape;
import urgency.trends.wire.Reply;

class BusinessSourceTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final Pace PACE =
      new Pace(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(20));

  private final FakeTikTok tiktok = new FakeTikTok(0);
  private final BusinessSource source =
      new BusinessSource(
          new Business(tiktok.address(), "a token", "42", List.of("FOOD", "PETS"), PACE),
          Duration.ofHours(6),
          () -> NOW,
          _ -> {});

  @AfterEach
  void close() {
    source.close();
    tiktok.close();
  }

  @Test
  void it_asks_once_per_category_as_the_specification_has_it() throws InterruptedException {
    source.fetch(request("US", 7));

    assertThat(tiktok.asked()).hasSize(2);
    var asked = tiktok.asked().getFirst();
    assertThat(asked.method()).isEqualTo("GET");
    assertThat(asked.path()).isEqualTo("/open_api/v1.3/discovery/trending_list/");
    assertThat(asked.token()).isEqualTo("a token");
    assertThat(asked.query())
        .isEqualTo(
            "discovery_type=HASHTAG&advertiser_id=42&country_code=US&category_name=FOOD"
                + "&date_range=7DAY");
  }

  @Test
  void daily_views_stay_absolute_beside_the_curve() throws InterruptedException {
    var row = ((FetchResult.Fresh) source.fetch(request("US", 7))).rows().getFirst();

    assertThat(row.key()).isEqualTo("exampleblender");
    assertThat(row.rank()).isEqualTo(OptionalInt.of(1));
    assertThat(row.detail().rankChange()).isEqualTo(OptionalInt.of(3));
    assertThat(row.detail().viewsLifetime()).isEqualTo(OptionalLong.of(3_400_000_000L));
    assertThat(row.detail().categories()).containsExactly("HOUSEHOLD_PRODUCTS");
    assertThat(row.detail().daily()).startsWith(4_000_000L).endsWith(28_000_000L).hasSize(7);
    assertThat(row.curve().getLast().value()).isEqualTo(100);
    assertThat(row.curve().getFirst().value()).isCloseTo(14.29, within(0.01));
    assertThat(row.asOf()).isEqualTo(LocalDate.parse("2026-01-07"));
  }

  @Test
  void a_code_other_than_zero_is_told_apart_by_what_it_means() {
    assertThat(coded(40105, "revoked")).isEqualTo(new FetchResult.Refused("40105", "revoked"));
    assertThat(coded(40100, "too fast")).isInstanceOf(FetchResult.Transient.class);
    assertThat(coded(50002, "internal")).isInstanceOf(FetchResult.Transient.class);
    assertThat(coded(40002, "this version is offline")).isInstanceOf(FetchResult.Retired.class);
    assertThat(answer("{\"code\":\"0\",\"data\":{\"list\":[]}}"))
        .isInstanceOf(FetchResult.Empty.class);
    assertThat(answer("{\"message\":\"OK\"}")).isInstanceOf(FetchResult.Drift.class);
  }

  @Test
  void an_answer_about_another_country_is_drift() {
    var result =
        DiscoveryAnswer.classify(request("GB", 7), Reply.stored(Shape.DISCOVERY.bytes(), NOW));

    assertThat(result).isInstanceOf(FetchResult.Drift.class);
  }

  @Test
  void a_history_is_cut_to_the_days_that_were_asked_for() {
    var result =
        DiscoveryAnswer.classify(request("US", 3), Reply.stored(Shape.DISCOVERY.bytes(), NOW));

    assertThat(((FetchResult.Fresh) result).rows().getFirst().curve()).hasSize(3);
  }

  private static FetchResult coded(int code, String message) {
    return answer("{\"code\":%d,\"message\":\"%s\"}".formatted(code, message));
  }

  private static FetchResult answer(String body) {
    return DiscoveryAnswer.classify(
        request("US", 7), Reply.stored(body.getBytes(StandardCharsets.UTF_8), NOW));
  }

  private static FetchRequest request(String region, int window) {
    return new FetchRequest(
        region, window, NOW, NOW.plusSeconds(600), Optional.empty(), Budget.UNLIMITED);
  }
}
