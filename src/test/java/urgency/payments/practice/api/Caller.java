package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import urgency.payments.Samples;
import urgency.payments.TillSettings;
import urgency.payments.practice.Contract;
import urgency.payments.practice.bank.Bank;
import urgency.payments.practice.bank.Schedule;
import urgency.payments.practice.wire.Json;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** Somebody who calls the till's API, and holds every answer and event against its description. */
final class Caller implements AutoCloseable {
  static final Contract CONTRACT = Contract.read();
  static final String KEY = "Bearer sk_test_1";

  final Database database = TestDatabase.fresh();
  final Bank bank = Bank.open(TillSettings.CALM, "http://shop", new Random(1));
  Instant now = Samples.NOW;
  private final Api api;

  Caller() {
    this(100_000);
  }

  Caller(int perSecond) {
    api = new Api(database, bank, perSecond);
  }

  Api.Answer post(String path, String form) {
    return post(path, form, "");
  }

  Api.Answer post(String path, String form, String key) {
    return ask(new Api.Request("POST", path, "", KEY, "", key, form));
  }

  Api.Answer get(String path, String query) {
    return ask(new Api.Request("GET", path, query, KEY, "", "", ""));
  }

  Api.Answer delete(String path) {
    return ask(new Api.Request("DELETE", path, "", KEY, "", "", ""));
  }

  Api.Answer ask(Api.Request request) {
    var answer = api.answer(request, now);
    // The part of the description that comes along knows ids only, no objects in their places.
    if (request.query().contains("expand")) return answer;
    assertThat(CONTRACT.problems(request.method(), request.path(), answer.status(), answer.body()))
        .isEmpty();
    return answer;
  }

  /** What is answered when all is well. */
  JsonNode made(String path, String form) {
    var answer = post(path, form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  JsonNode found(String path) {
    return found(path, "");
  }

  JsonNode found(String path, String query) {
    var answer = get(path, query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  /** The error object of what is refused. */
  JsonNode error(String path, String form, int status) {
    var answer = post(path, form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return Json.parse(answer.body()).path("error");
  }

  /** Lets what is slow come to its end. */
  void later() {
    now = now.plus(Schedule.SLOW).plus(Duration.ofSeconds(1));
    database.write(tx -> bank.clockwork().sweep(tx, now));
  }

  /** The types of all events about an object, oldest first; each event is as described. */
  List<String> events(String object) {
    var types = new ArrayList<String>();
    for (var event : events()) {
      if (event.path("data").path("object").path("id").asText().equals(object)) {
        types.addFirst(event.path("type").asText());
      }
    }
    return types;
  }

  /** All events, newest first; each is as described. */
  List<JsonNode> events() {
    var all = new ArrayList<JsonNode>();
    var after = "";
    var more = true;
    while (more) {
      var page = found("/v1/events", "limit=100" + after);
      for (var event : page.path("data")) {
        assertThat(CONTRACT.problems(event)).as(event.toString()).isEmpty();
        all.add(event);
      }
      more = page.path("has_more").asBoolean();
      if (more) after = "&starting_after=" + all.getLast().path("id").asText();
    }
    return all;
  }

  @Override
  public void close() {
    // Whatever a test did, no event of it is other than described.
    events();
    database.close();
  }
}
