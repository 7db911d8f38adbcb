package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.payments.practice.bank.Endpoints;
import urgency.payments.practice.wire.Cause;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointsTest {
  private static final String BASE = "/v1/webhook_endpoints";

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
  void an_endpoint_tells_its_secret_once_and_can_be_changed_and_removed() {
    var made = caller.made(BASE, "url=http://127.0.0.1:9/x&enabled_events[]=price.created");
    var path = BASE + "/" + made.path("id").asText();
    assertThat(made.path("secret").asText()).startsWith("whsec_");
    assertThat(caller.found(path).has("secret")).isFalse();

    var changed = caller.made(path, "enabled_events[]=*&disabled=true&metadata[a]=b");
    assertThat(changed.path("status").asText()).isEqualTo("disabled");
    assertThat(changed.path("enabled_events").toString()).isEqualTo("[\"*\"]");

    assertThat(caller.delete(path).body()).contains("\"deleted\":true");
    assertThat(caller.get(path, "").status()).isEqualTo(404);
  }

  @Test
  void the_shops_own_endpoint_keeps_what_somebody_added_to_it() {
    addShop(List.of("refund.created"));
    caller.made(BASE + "/" + Endpoints.SHOP, "enabled_events[]=price.created");

    addShop(List.of("refund.created", "refund.failed"));

    assertThat(caller.found(BASE + "/" + Endpoints.SHOP).path("enabled_events").toString())
        .isEqualTo("[\"price.created\",\"refund.created\",\"refund.failed\"]");
  }

  @Test
  void an_event_is_due_to_those_who_want_it_and_says_how_many_wait() {
    var wanted = caller.made(BASE, "url=http://localhost:9/a&enabled_events[]=product.created");
    caller.made(BASE, "url=http://localhost:9/b&enabled_events[]=refund.created");
    caller.made("/v1/products", "name=Lamp");

    var event = caller.found("/v1/events", "type=product.created").path("data").path(0);
    var waiting = caller.found("/v1/events", "delivery_success=false").path("data");
    assertThat(event.path("pending_webhooks").asInt()).isEqualTo(1);
    assertThat(waiting).contains(event);

    caller.database.change(
        tx ->
            caller
                .bank
                .deliveries()
                .take(tx, caller.now, Duration.ofSeconds(9), 100)
                .forEach(it -> caller.bank.deliveries().sent(tx, it)));

    assertThat(caller.found("/v1/events", "delivery_success=false").path("data")).isEmpty();
    var delivered = caller.found("/v1/events", "delivery_success=true&types[]=product.created");
    assertThat(delivered.path("data").path(0).path("pending_webhooks").asInt()).isZero();
    caller.delete(BASE + "/" + wanted.path("id").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enabled_events[]=*",
        "url=http://127.0.0.1:9",
        "url=ftp://127.0.0.1&enabled_events[]=*",
        "url=http://shop.example/x&enabled_events[]=*",
        "url=http://127.0.0.1.example.com/&enabled_events[]=*",
        "url=http://[::1&enabled_events[]=*",
        "url=http://127.0.0.1:9&enabled_events[]=Drop Table",
        "url=http://127.0.0.1:9&enabled_events[]=*&colour=red"
      })
  void an_endpoint_that_is_none_is_refused(String form) {
    assertThat(caller.post(BASE, form).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "starting_after=evt_nobody",
        "ending_before=evt_1&starting_after=evt_2",
        "created[gte]=now",
        "created[since]=1",
        "type=a&types[]=b",
        "delivery_success=perhaps"
      })
  void a_list_that_is_asked_for_wrongly_is_refused(String query) {
    assertThat(caller.get("/v1/events", query).status()).isIn(400, 404);
  }

  private void addShop(List<String> types) {
    caller.database.change(
        tx -> caller.bank.endpoints().addShop(tx, "http://shop/x", types, Cause.time(caller.now)));
  }
}
