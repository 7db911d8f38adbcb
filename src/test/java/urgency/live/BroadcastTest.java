package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static urgency.live.LiveExamples.NOON;
import static urgency.live.LiveExamples.product;
import static urgency.live.LiveExamples.variant;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.inventory.Stock.Level;

/** What phones hear, and what is refused. */
class BroadcastTest extends Phones {
  @Test
  void the_stream_is_not_to_be_stored_or_buffered() {
    var headers = phone("").answer().headers();

    assertThat(headers.firstValue("Content-Type")).contains("text/event-stream");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("X-Accel-Buffering")).contains("no");
  }

  @Test
  void a_phone_first_hears_hello_then_everything() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);

    assertThat(phone.blocks().getFirst()).startsWith("retry: ").contains("event: hello");
    assertThat(phone.last("hello").getLong("now")).isEqualTo(NOON.toEpochMilli());
    assertThat(phone.last("frame").getJsonObject("stock").fieldNames()).hasSize(2);
    assertThat(phone.last("frame").getJsonObject("edition").getLong("number")).isEqualTo(1);
  }

  @Test
  void a_hundred_movements_between_two_beats_are_one_frame() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);

    for (var held = 1; held <= 100; held++) levels.put(variant(1), new Level(200, held, 0));
    beat();
    beat();
    await("the hundred", () -> phone.heard("\"left\":100,"));
    levels.put(variant(2), new Level(10, 10, 0));
    beat();
    await("the last frame", () -> phone.heard("\"left\":0"));

    assertThat(phone.frames()).isEqualTo(3);
  }

  @Test
  void a_frame_tells_only_what_moved() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    levels.put(variant(2), new Level(10, 3, 0));
    beat();
    await("a second frame", () -> phone.frames() == 2);

    var frame = phone.last("frame");

    assertThat(frame.fieldNames()).containsExactlyInAnyOrder("now", "stock");
    assertThat(frame.getJsonObject("stock"))
        .isEqualTo(
            JsonObject.of(product(2).value().toString(), JsonObject.of("left", 7, "sold", 0)));
  }

  @Test
  void that_few_are_left_is_told_only_where_the_checker_lets_it_pass() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    for (var left = 6; left >= 0; left--) {
      levels.put(variant(2), new Level(left, 0, 0));
      beat();
      var told = "\"left\":" + left + ",";
      await("what is left", () -> phone.heard(told));
      var stock =
          phone.last("frame").getJsonObject("stock").getJsonObject(product(2).value().toString());

      assertThat(stock.containsKey("few")).as("%d left", left).isEqualTo(left >= 1 && left <= 5);
    }
  }

  @Test
  void a_number_that_cannot_be_is_not_told_as_sold() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    sold.put(variant(2), 9);
    levels.put(variant(2), new Level(10, 3, 0));
    now = NOON.plusSeconds(2);
    beat();
    await("what is left", () -> phone.heard("\"left\":7,"));

    assertThat(phone.last("frame").getJsonObject("stock"))
        .as("nine sold and seven left of ten")
        .isEqualTo(
            JsonObject.of(product(2).value().toString(), JsonObject.of("left", 7, "sold", 0)));
  }

  @Test
  void what_cannot_be_put_on_record_is_not_told() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    told.full = true;
    levels.put(variant(2), new Level(10, 7, 0));

    assertThatThrownBy(this::beat).hasMessageContaining("record");

    told.full = false;
    levels.put(variant(1), new Level(10, 4, 0));
    beat();
    await("both at once", () -> phone.heard("\"left\":6,") && phone.heard("\"left\":3,"));
    assertThat(phone.frames()).isEqualTo(2);
  }

  @Test
  void a_phone_that_comes_back_hears_everything_again() {
    levels.put(variant(2), new Level(10, 3, 0));
    beat();

    var phone = phone("", "Last-Event-ID", "1");
    await("a frame", () -> phone.frames() == 1);

    assertThat(phone.last("frame").getJsonObject("stock").fieldNames()).hasSize(2);
  }

  @Test
  void the_time_is_told_every_fifteen_seconds() {
    var phone = phone("");
    now = NOON.plusSeconds(15);
    beat();
    await("the time", () -> phone.heard("event: clock"));

    assertThat(phone.last("clock").getLong("now")).isEqualTo(now.toEpochMilli());
  }

  @Test
  void the_buyer_hears_of_the_order_from_the_start_and_when_it_moves() {
    var phone = phone("?order=" + ORDER, "Cookie", "shelf_visitor=" + visitors.value(ANN));
    await("the order", () -> phone.heard("\"AWAITING_PAYMENT\""));

    broadcast.orderMoved(new OrderNews(ORDER.toString(), "PAID", 3));
    await("the payment", () -> phone.heard("\"PAID\""));

    assertThat(phone.last("frame").getJsonObject("order"))
        .isEqualTo(JsonObject.of("id", ORDER.toString(), "status", "PAID", "version", 3));
  }

  @Test
  void a_stranger_hears_nothing_of_an_order() {
    var stranger =
        phone("?order=" + ORDER, "Cookie", "shelf_visitor=" + visitors.value(new UUID(8, 8)));
    await("a frame", () -> stranger.frames() == 1);

    broadcast.orderMoved(new OrderNews(ORDER.toString(), "PAID", 3));
    levels.put(variant(1), new Level(10, 9, 0));
    beat();
    await("the next frame", () -> stranger.heard("\"left\":1,"));

    assertThat(stranger.heard("\"order\"")).isFalse();
  }

  @Test
  void people_who_look_are_counted_from_the_floor_on_until_they_leave() throws Exception {
    var lamp = product(1).value().toString();
    var all = List.of(phone(""), phone(""), phone(""));
    for (var phone : all) {
      assertThat(look(phone, '"' + lamp + '"').statusCode()).isEqualTo(204);
    }
    now = NOON.plusSeconds(3);
    beat();
    await("three people", () -> all.getFirst().heard("\"" + lamp + "\":3"));

    all.getLast().answer().body().close();
    await("two connections", () -> broadcast.connections() == 2);
    now = NOON.plusSeconds(6);
    beat();
    await("no number", () -> all.getFirst().heard("\"audience\":{}}"));

    assertThat(all.getFirst().last("frame").getJsonObject("audience")).isEmpty();
  }

  @Test
  void a_look_is_refused_when_it_makes_no_sense() throws Exception {
    var phone = phone("");

    assertThat(look(phone, "\"lamp\"").statusCode()).isEqualTo(400);
    assertThat(look(phone, "7").statusCode()).isEqualTo(400);
    assertThat(post("no json").statusCode()).isEqualTo(400);
    assertThat(post("{\"connection\":\"stranger\",\"product\":null}").statusCode()).isEqualTo(404);
    assertThat(post("{\"connection\":\"" + "x".repeat(600) + "\"}").statusCode()).isEqualTo(413);
  }

  @Test
  void a_phone_that_looks_too_often_is_refused() throws Exception {
    var phone = phone("");
    for (var i = 0; i < 10; i++) assertThat(look(phone, "null").statusCode()).isEqualTo(204);

    var answer = look(phone, "null");

    assertThat(answer.statusCode()).isEqualTo(429);
  }

  @Test
  void a_seventh_phone_of_one_address_is_told_to_poll() throws Exception {
    for (var i = 0; i < 6; i++) phone("");

    var answer = http.send(request("/events").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(broadcast.connections()).isEqualTo(6);
  }

  @Test
  void who_polls_reads_the_same_figures() throws Exception {
    var all = http.send(request("/api/live").build(), BodyHandlers.ofString());
    var one =
        http.send(
            request("/api/live?product=" + product(1).value()).build(), BodyHandlers.ofString());

    assertThat(new JsonObject(all.body()).getJsonObject("stock").fieldNames()).hasSize(2);
    assertThat(new JsonObject(one.body()).getJsonObject("stock").fieldNames()).hasSize(1);
    assertThat(all.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void everybody_is_let_go_with_a_moment_to_come_back() throws Exception {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);

    broadcast.close();
    await("the end", () -> phone.heard(": until soon"));

    assertThat(http.send(request("/events").build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
  }
}
