package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.payments.Samples;
import urgency.payments.practice.wire.Json;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
  private static final Instant NOW = Samples.NOW;
  private static final String FORM =
      "mode=payment&success_url=http%3A%2F%2Fshop%2Fok&cancel_url=http%3A%2F%2Fshop"
          + "&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=1819"
          + "&line_items[0][price_data][product_data][name]=Lamp+%26+more&line_items[0][quantity]=2"
          + "&client_reference_id=ord_1&metadata[order_id]=ord_1&expires_at="
          + NOW.plus(Duration.ofMinutes(31)).getEpochSecond();

  private Caller caller;

  @BeforeAll
  void start() {
    caller = new Caller();
  }

  @AfterAll
  void stop() {
    caller.close();
  }

  @Test
  void the_same_key_gives_the_same_answer_and_says_so() {
    var first = post("/v1/checkout/sessions", FORM, "key-1");
    var second = post("/v1/checkout/sessions", FORM, "key-1");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.replayed()).isTrue();
    assertThat(second.original()).isEqualTo(first.id()).isNotEqualTo(second.id());
  }

  @Test
  void the_same_key_twenty_times_at_once_makes_one_session() throws Exception {
    Callable<String> create =
        () -> json(post("/v1/checkout/sessions", FORM, "key-many")).path("id").asText();

    var ids = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, 20).mapToObj(_ -> create).toList();
      for (var it : threads.invokeAll(all)) ids.add(it.get());
    }

    assertThat(ids).hasSize(1);
  }

  @Test
  void the_same_key_with_other_parameters_is_refused() {
    post("/v1/checkout/sessions", FORM, "key-2");

    var other = post("/v1/checkout/sessions", FORM.replace("1819", "1"), "key-2");

    assertThat(other.status()).isEqualTo(400);
    assertThat(error(other).path("type").asText()).isEqualTo("idempotency_error");
  }

  @Test
  void a_refused_request_does_not_use_up_its_key() {
    post("/v1/checkout/sessions", FORM.replace("mode=payment", "mode=setup"), "key-3");

    assertThat(post("/v1/checkout/sessions", FORM, "key-3").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "mode=payment, mode=, mode",
    "mode=payment, mode=setup, mode",
    "mode=payment, mode=payment&colour=red, colour",
    "quantity]=2, quantity]=0, line_items[0][quantity]",
    "unit_amount]=1819, unit_amount]=-1, line_items[0][price_data][unit_amount]",
    "unit_amount]=1819, unit_amount]=1.5, line_items[0][price_data][unit_amount]",
    "unit_amount]=1819, unit_amount]=1, line_items",
    "quantity]=2, quantity]=2&line_items[0][size]=3, line_items[0][size]",
    "[name]=Lamp, [title]=Lamp, line_items[0][price_data][product_data][name]",
    "currency]=usd, currency]=xxq, line_items[0][price_data][currency]",
    "success_url=http, success_url=ftp, success_url",
  })
  void what_stripe_refuses_is_refused_with_the_parameter(
      String part, String wrong, String parameter) {
    var answer = post("/v1/checkout/sessions", FORM.replace(part, wrong), "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer).path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error(answer).path("param").asText()).isEqualTo(parameter);
  }

  @ParameterizedTest
  @ValueSource(longs = {29 * 60, 24 * 3600 + 1})
  void a_page_lives_for_half_an_hour_to_a_day(long seconds) {
    var form =
        FORM.replaceAll("expires_at=.*", "expires_at=" + NOW.plusSeconds(seconds).getEpochSecond());

    assertThat(error(post("/v1/checkout/sessions", form, "")).path("param").asText())
        .isEqualTo("expires_at");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer nonsense", "Bearer sk_live_1", "Basic !!", "x y"})
  void without_a_test_key_nobody_is_served(String authorization) {
    assertThat(authorized(authorization, "").status()).isEqualTo(401);
  }

  @Test
  void a_key_for_browsers_is_not_for_servers() {
    assertThat(authorized("Bearer pk_test_1", "").status()).isEqualTo(403);
  }

  @Test
  void a_key_may_come_as_the_user_of_basic_authentication() {
    var user = Base64.getEncoder().encodeToString("sk_test_1:".getBytes(StandardCharsets.UTF_8));

    assertThat(authorized("Basic " + user, "").status()).isEqualTo(200);
  }

  @Test
  void a_release_of_the_api_is_named_as_stripe_names_it() {
    assertThat(authorized(Caller.KEY, "2024-06-20").status()).isEqualTo(200);
    assertThat(authorized(Caller.KEY, "2026-10-28.endive").status()).isEqualTo(200);
    assertThat(authorized(Caller.KEY, "yesterday").status()).isEqualTo(400);
  }

  @Test
  void every_address_takes_so_many_calls_a_second_and_no_more() {
    try (var hasty = new Caller(25)) {
      for (var i = 0; i < 25; i++) assertThat(hasty.get("/v1/refunds", "").status()).isEqualTo(200);

      assertThat(error(hasty.get("/v1/refunds", "")).path("code").asText()).isEqualTo("rate_limit");
      assertThat(hasty.get("/v1/charges", "").status()).isEqualTo(200);
      hasty.now = hasty.now.plusMillis(40);
      assertThat(hasty.get("/v1/refunds", "").status()).isEqualTo(200);
      assertThat(hasty.get("/v1/refunds", "").status()).isEqualTo(429);
      hasty.now = hasty.now.plusSeconds(10);
    }
  }

  @Test
  void all_that_stripe_does_not_know_is_named_at_once() {
    var answer = post("/v1/checkout/sessions", FORM + "&colour=red&line_items[0][size]=3", "");

    assertThat(error(answer).path("code").asText()).isEqualTo("parameter_unknown");
    assertThat(error(answer).path("message").asText()).contains("colour", "line_items[0][size]");
    assertThat(get("/v1/refunds", "colour=red").status()).isEqualTo(400);
  }

  @Test
  void a_list_may_be_written_with_empty_brackets_too() {
    var form =
        FORM.replace("line_items[0]", "line_items[]")
            + "&line_items[][quantity]=1&line_items[][price_data][currency]=usd"
            + "&line_items[][price_data][unit_amount]=100"
            + "&line_items[][price_data][product_data][name]=Cup";

    var session = json(post("/v1/checkout/sessions", form, ""));

    assertThat(session.path("amount_total").asLong()).isEqualTo(2 * 1_819 + 100);
  }

  @Test
  void an_unknown_session_and_an_unknown_address_are_told_as_stripe_tells_them() {
    assertThat(error(get("/v1/checkout/sessions/cs_test_none", "")).path("code").asText())
        .isEqualTo("resource_missing");
    assertThat(get("/v1/nothing", "").status()).isEqualTo(404);
  }

  @Test
  void a_session_is_paid_or_expired_once() {
    var paid = create();
    var expired = create();

    assertThat(pay(paid)).isTrue();
    assertThat(post("/v1/checkout/sessions/" + expired + "/expire", "", "").status())
        .isEqualTo(200);

    assertThat(pay(paid)).isFalse();
    assertThat(pay(expired)).isFalse();
    assertThat(post("/v1/checkout/sessions/" + paid + "/expire", "", "").status()).isEqualTo(400);
    assertThat(post("/v1/checkout/sessions/" + expired + "/expire", "", "").status())
        .isEqualTo(400);
  }

  @Test
  void a_page_past_its_time_closes_by_itself_and_tells() {
    var id = create();

    caller.database.write(
        tx -> caller.bank.clockwork().sweep(tx, NOW.plus(Duration.ofMinutes(32))));

    assertThat(json(get("/v1/checkout/sessions/" + id, "")).path("status").asText())
        .isEqualTo("expired");
    assertThat(events("types[]=checkout.session.expired&limit=100")).contains(id);
  }

  @Test
  void events_are_listed_newest_first_and_page_by_page() {
    var first = create();
    var second = create();
    pay(first);
    pay(second);

    var page = json(get("/v1/events", "type=checkout.session.completed&limit=1"));
    var last = page.path("data").path(0);
    var next =
        json(
            get(
                "/v1/events",
                "type=checkout.session.completed&limit=1&starting_after="
                    + last.path("id").asText()));
    var back =
        json(
            get(
                "/v1/events",
                "type=checkout.session.completed&limit=1&ending_before="
                    + next.path("data").path(0).path("id").asText()));

    assertThat(page.path("has_more").asBoolean()).isTrue();
    assertThat(object(page).path("id").asText()).isEqualTo(second);
    assertThat(object(next).path("id").asText()).isEqualTo(first);
    assertThat(object(back).path("id").asText()).isEqualTo(second);
  }

  @Test
  void sessions_are_listed_page_by_page() {
    create();
    create();

    var page = json(get("/v1/checkout/sessions", "limit=1"));
    var id = page.path("data").path(0).path("id").asText();
    var next = json(get("/v1/checkout/sessions", "limit=1&starting_after=" + id));

    assertThat(page.path("has_more").asBoolean()).isTrue();
    assertThat(next.path("data").path(0).path("id").asText()).isNotEqualTo(id).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a[b=1", "a=%zz", "a=1&a[b]=2", "a[b]=1&a=2", "a[b][c][d][e][f][g][h][i][j]=1"})
  void a_form_that_is_none_is_refused(String form) {
    assertThat(post("/v1/checkout/sessions", form, "").status()).isEqualTo(400);
  }

  private String create() {
    return json(post("/v1/checkout/sessions", FORM, "")).path("id").asText();
  }

  private boolean pay(String id) {
    var path = "/v1/payment_pages/" + id + "/confirm";
    var form = "payment_method=pm_card_visa&expected_amount=" + 2 * 1_819;
    return post(path, form, "").status() == 200;
  }

  private Api.Answer authorized(String authorization, String version) {
    return caller.ask(new Api.Request("GET", "/v1/events", "", authorization, version, "", ""));
  }

  private String events(String query) {
    return get("/v1/events", query).body();
  }

  private Api.Answer post(String path, String form, String key) {
    return caller.post(path, form, key);
  }

  private Api.Answer get(String path, String query) {
    return caller.get(path, query);
  }

  private static JsonNode json(Api.Answer answer) {
    return Json.parse(answer.body());
  }

  private static JsonNode error(Api.Answer answer) {
    return json(answer).path("error");
  }

  private static JsonNode object(JsonNode page) {
    return page.path("data").path(0).path("data").path("object");
  }
}
