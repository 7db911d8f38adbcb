package urgency.trends.creativecenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.trends.TrendObservation;
import urgency.trends.TrendSettings.CreativeCenter;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.TrendSource.Permit;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.fake.Fault;
import urgency.trends.fake.Play;
import urgency.trends.fake.Shape;

class CreativeCenterSourceTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofMillis(1500);
  // Whoever answers has time, whatever else the machine does; who keeps silent costs three waits.
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration HASTY = Duration.ofMillis(150);
  private static final Duration SWEEP_MAX = Duration.ofMinutes(20);
  private static final String PATH = "/CreativeOne/KnowledgeAPI/GetHashtagList";

  private final FakeTikTok tiktok = new FakeTikTok(0);
  private final List<Duration> pauses = new ArrayList<>();
  private final CreativeCenterSource source = source(PATIENT);
  private final CreativeCenterSource hasty = source(HASTY);

  @AfterEach
  void close() {
    hasty.close();
    source.close();
    tiktok.close();
  }

  @Test
  void a_sweep_asks_for_each_industry_and_takes_each_hashtag_once() {
    tiktok.next(Shape.HASHTAGS, Shape.YOUNG_NUMBERS, Shape.HASHTAGS);

    var fresh = (FetchResult.Fresh) fetch();

    assertThat(fresh.rows())
        .extracting(TrendObservation::key)
        .containsExactly(
            "exampleblender", "examplelipoil", "exampledesklamp", "examplemushroomlamp");
    assertThat(tiktok.asked())
        .extracting(FakeTikTok.Asked::body)
        .containsExactly(
            "{\"timeRange\":7,\"countryCode\":\"US\",\"page\":1,\"limit\":20}",
            "{\"timeRange\":7,\"countryCode\":\"US\",\"page\":1,\"limit\":20,"
                + "\"industryID\":14000000000}",
            "{\"timeRange\":7,\"countryCode\":\"US\",\"page\":1,\"limit\":20,"
                + "\"industryID\":18000000000}");
  }

  @Test
  void it_asks_as_documented_and_in_its_own_name() {
    fetch();

    assertThat(tiktok.asked())
        .allSatisfy(
            it -> {
              assertThat(it.method()).isEqualTo("POST");
              assertThat(it.path()).isEqualTo(PATH);
              assertThat(it.userAgent()).isEqualTo("UrgencyShelf/1");
              assertThat(it.conversion()).isEqualTo("str");
            });
  }

  @Test
  void it_pauses_between_requests() {
    fetch();

    assertThat(pauses).containsExactly(INTERVAL, INTERVAL);
  }

  @Test
  void the_same_said_twice_is_unchanged() {
    var hash = ((FetchResult.Fresh) fetch()).hash();

    assertThat(fetch(request(Optional.of(hash), Budget.UNLIMITED, SWEEP_MAX)))
        .isEqualTo(new FetchResult.Unchanged(hash));
  }

  @Test
  void the_sweep_stops_at_the_first_refusal() {
    tiktok.next(Shape.HASHTAGS, Shape.INVALID_LOGIN);

    assertThat(fetch()).isEqualTo(new FetchResult.Refused("38001001", "InvalidLogin"));
    assertThat(tiktok.asked()).hasSize(2);
  }

  @Test
  void each_fault_has_its_class() {
    assertThat(after(Fault.FORBIDDEN)).isInstanceOf(FetchResult.Refused.class);
    assertThat(after(Shape.RADAR_NO_PERMISSION)).isInstanceOf(FetchResult.Refused.class);
    assertThat(after(Fault.GONE)).isInstanceOf(FetchResult.Retired.class);
    assertThat(after(Fault.MOVED)).isInstanceOf(FetchResult.Retired.class);
    assertThat(after(Shape.RADAR_DEPRECATED)).isInstanceOf(FetchResult.Retired.class);
    assertThat(after(Fault.LOGIN_PAGE)).isInstanceOf(FetchResult.Challenged.class);
    assertThat(after(Shape.RADAR_PRODUCTS)).isInstanceOf(FetchResult.Drift.class);
    assertThat(after(Fault.FIFTY_MEGABYTES)).isInstanceOf(FetchResult.Drift.class);
    assertThat(after(Fault.NO_BODY)).isInstanceOf(FetchResult.Empty.class);
    assertThat(after(Shape.NO_ROWS)).isInstanceOf(FetchResult.Empty.class);
    assertThat(after(Shape.RADAR_LIST)).isInstanceOf(FetchResult.Fresh.class);
  }

  @Test
  void what_may_pass_is_tried_three_times() {
    for (var act : List.of(Fault.BROKEN, Fault.CUT_OFF, Fault.RESET)) {
      var before = tiktok.asked().size();
      pauses.clear();

      assertThat(after(act)).as(act.name()).isInstanceOf(FetchResult.Transient.class);
      // A client may repeat a request whose connection was dropped; ours counts its own tries.
      assertThat(tiktok.asked().size() - before).as(act.name()).isGreaterThanOrEqualTo(3);
      assertThat(pauses).hasSize(2);
      assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33));
      assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
    }
  }

  @Test
  void silence_and_dripping_end_in_time() {
    for (var act : List.of(Fault.SILENCE, Fault.DRIP)) {
      tiktok.otherwise(act);

      assertThat(fetch(hasty, request(Optional.empty(), Budget.UNLIMITED, SWEEP_MAX)))
          .as(act.name())
          .isInstanceOf(FetchResult.Transient.class);
    }
  }

  @Test
  void nobody_there_is_a_stumble() {
    tiktok.close();

    assertThat(fetch()).isInstanceOf(FetchResult.Transient.class);
  }

  @Test
  void a_throttled_request_waits_as_long_as_it_is_told() {
    tiktok.next(Fault.THROTTLED, Shape.HASHTAGS);

    assertThat(fetch()).isInstanceOf(FetchResult.Fresh.class);
    assertThat(pauses).first().isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a_spent_budget_ends_the_sweep_without_a_request() {
    var result = fetch(request(Optional.empty(), () -> Permit.SPENT, SWEEP_MAX));

    assertThat(result)
        .isEqualTo(
            new FetchResult.Transient(
                "the day's requests are used up", Optional.of(Duration.ofHours(12))));
    assertThat(tiktok.asked()).isEmpty();
  }

  @Test
  void no_retry_goes_past_the_deadline() {
    tiktok.otherwise(Fault.BROKEN);

    fetch(request(Optional.empty(), Budget.UNLIMITED, Duration.ofSeconds(40)));

    assertThat(pauses).hasSize(1);
    assertThat(tiktok.asked()).hasSize(2);
  }

  private FetchResult after(Play act) {
    tiktok.otherwise(act);
    return fetch();
  }

  private FetchResult fetch() {
    return fetch(request(Optional.empty(), Budget.UNLIMITED, SWEEP_MAX));
  }

  private FetchResult fetch(FetchRequest request) {
    return fetch(source, request);
  }

  private static FetchResult fetch(CreativeCenterSource source, FetchRequest request) {
    try {
      return source.fetch(request);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static FetchRequest request(Optional<String> lastHash, Budget budget, Duration max) {
    return new FetchRequest("US", 7, NOW, NOW.plus(max), lastHash, budget);
  }

  // Time passes only in pauses.
  private CreativeCenterSource source(Duration readMax) {
    var settings =
        new CreativeCenter(
            true,
            tiktok.address(),
            "UrgencyShelf/1",
            List.of(14, 18),
            false,
            List.of(),
            INTERVAL,
            readMax,
            readMax);
    InstantSource clock =
        () -> NOW.plus(pauses.stream().reduce(Duration.ZERO, (one, other) -> one.plus(other)));
    return new CreativeCenterSource(settings, Duration.ofHours(6), clock, pauses::add);
  }
}
