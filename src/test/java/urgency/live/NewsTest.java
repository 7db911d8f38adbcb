package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.live.LiveExamples.NOON;
import static urgency.live.LiveExamples.product;
import static urgency.live.LiveExamples.variant;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.inventory.Stock.Level;

/** What is new to a phone, and what it is not told again. */
class NewsTest extends Phones {
  @Test
  void a_phone_that_missed_nothing_is_told_nothing_again() {
    var before = phone("");
    await("a frame", () -> before.frames() == 1);
    var last = before.id();

    var phone = phone("?last=" + last);
    levels.put(variant(2), new Level(10, 3, 0));
    beat();
    await("what is new", () -> phone.frames() == 1);

    assertThat(phone.last("frame").getJsonObject("stock").fieldNames())
        .containsExactly(product(2).value().toString());
  }

  @Test
  void a_phone_that_missed_something_gets_the_whole() {
    var before = phone("");
    await("a frame", () -> before.frames() == 1);
    var last = before.id();
    for (var held = 1; held <= 3; held++) {
      levels.put(variant(2), new Level(10, held, 0));
      beat();
    }

    var phone = phone("", "Last-Event-ID", last);
    await("a frame", () -> phone.frames() == 1);

    assertThat(phone.last("frame").getJsonObject("stock").fieldNames()).hasSize(2);
  }

  @Test
  void a_lone_change_is_told_at_once_and_a_rush_four_times_a_second() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    var start = beatAt.plusSeconds(5);
    var before = told.figures.size();
    for (var ms = 0; ms < 1_000; ms += 50) {
      levels.put(variant(1), new Level(200, ms / 50 + 1, 0));
      beat(start.plusMillis(ms));
      if (ms == 0) await("the first at once", () -> phone.frames() == 2);
    }
    await("the others", () -> phone.heard("\"left\":184"));

    assertThat(told.figures.size() - before).isEqualTo(4);
  }

  @Test
  void what_moves_while_phones_are_being_told_goes_into_the_next_frame() throws Exception {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    var held = new CountDownLatch(1);
    broadcast
        .connection(phone.last("hello").getString("connection"))
        .orElseThrow()
        .run(() -> Patience.until("the word to go on", SOON, () -> held.getCount() == 0));
    for (var left = 9; left >= 7; left--) {
      levels.put(variant(1), new Level(left, 0, 0));
      pulse.beat(NOON.plusSeconds(10L - left));
      broadcast.tick(NOON.plusSeconds(10L - left));
    }

    held.countDown();
    await("the first", () -> phone.heard("\"left\":9,") && !broadcast.telling());
    broadcast.tick(NOON.plusSeconds(4));
    await("the last", () -> phone.heard("\"left\":7,"));

    assertThat(phone.heard("\"left\":8,")).isFalse();
    assertThat(phone.last("frame").getJsonObject("stock").fieldNames())
        .containsExactly(product(1).value().toString());
  }

  @Test
  void what_was_just_paid_for_is_told_once_and_without_a_name() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    levels.put(variant(1), new Level(10, 0, 2));
    sold.put(variant(1), 2);
    now = NOON.plusSeconds(2);
    beat();
    await("the purchase", () -> phone.heard("\"bought\""));

    assertThat(phone.last("frame").getJsonObject("bought"))
        .isEqualTo(JsonObject.of(product(1).value().toString(), 2));
    assertThat(phone("").last("hello").fieldNames()).containsOnly("connection", "now");
    assertThat(told.figures.getLast().bought()).hasSize(1);
  }

  @Test
  void what_was_sold_while_nobody_listened_was_not_just_bought() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    levels.put(variant(1), new Level(10, 0, 2));
    sold.put(variant(1), 2);
    now = NOON.plusSeconds(600);
    beat();
    await("the sale", () -> phone.heard("\"sold\":2"));

    assertThat(phone.heard("\"bought\"")).isFalse();
  }

  @Test
  void hearts_are_told_when_they_move() {
    var phone = phone("");
    await("a frame", () -> phone.frames() == 1);
    told.hearts = 1;
    beat();
    await("a heart", () -> phone.frames() == 2);

    assertThat(phone.last("frame").getJsonObject("likes"))
        .isEqualTo(JsonObject.of(product(1).value().toString(), 1));
  }
}
