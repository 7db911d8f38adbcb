package urgency.live;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.live.LiveExamples.NOON;
import static urgency.live.LiveExamples.edition;
import static urgency.live.LiveExamples.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.live.bus.ProcessBus;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.shelf.Editions;

class HeartsTest {
  private static final Database DATABASE = TestDatabase.fresh();
  private static final UUID ANN = new UUID(7, 7);
  private static final UUID BEN = new UUID(8, 8);

  private final Editions editions = new Editions();
  private final ProcessBus bus = new ProcessBus();
  private final Hearts hearts = new Hearts(DATABASE, editions, bus);

  @BeforeEach
  void an_open_shelf_without_hearts() {
    DATABASE.change(tx -> tx.execute("truncate live.heart, live.share, live.fondness"));
    editions.remember(edition(1, NOON, 2));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void a_device_likes_once_however_often_it_taps() {
    like(ANN, true);
    like(ANN, true);
    like(BEN, true);

    assertThat(sums()).isEqualTo(new Hearts.Fondness(2, 0));
  }

  @Test
  void a_heart_taken_back_is_gone_and_cannot_be_taken_back_twice() {
    like(ANN, true);
    like(BEN, true);
    like(ANN, false);
    like(ANN, false);

    assertThat(sums()).isEqualTo(new Hearts.Fondness(1, 0));
  }

  @Test
  void a_hundred_devices_at_once_are_a_hundred_hearts() {
    var taps = new ArrayList<Future<?>>();
    try (var devices = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 100; i++) {
        var device = new UUID(9, i);
        taps.add(devices.submit(() -> like(device, true)));
      }
    }
    taps.forEach(Future::resultNow);

    assertThat(sums().hearts()).isEqualTo(100);
  }

  @Test
  void a_device_passes_a_product_on_once_a_day() {
    share(0);
    share(3_600);
    share(86_400);

    assertThat(sums()).isEqualTo(new Hearts.Fondness(0, 2));
  }

  @Test
  void hearts_are_told_from_the_first_one_on() {
    hearts.beat(NOON, true);
    assertThat(hearts.likes(NOON)).isEmpty();

    like(ANN, true);
    hearts.beat(NOON.plusSeconds(1), true);

    assertThat(
            Objects.requireNonNull(hearts.likes(NOON.plusSeconds(1)).get(product(1)))
                .cue()
                .devices())
        .isEqualTo(1);
  }

  @Test
  void a_beat_between_a_heart_and_its_commit_loses_nothing() {
    hearts.beat(NOON, true);
    DATABASE.change(
        tx -> {
          hearts.like(tx, product(1), ANN, true, NOON);
          hearts.beat(NOON.plusSeconds(1), true);
        });

    hearts.beat(NOON.plusSeconds(2), true);

    assertThat(hearts.likes(NOON.plusSeconds(2))).hasSize(1);
  }

  @Test
  void another_node_reads_the_sums_when_it_hears_that_they_moved() {
    var there = new Hearts(DATABASE, editions, bus);
    there.beat(NOON, true);

    like(ANN, true);
    hearts.beat(NOON.plusSeconds(1), false);
    there.beat(NOON.plusSeconds(2), true);

    assertThat(there.likes(NOON.plusSeconds(2))).hasSize(1);
  }

  @Test
  void only_what_is_on_the_open_shelf_can_be_liked() {
    assertThat(hearts.onShelf(product(2), NOON)).isTrue();
    assertThat(hearts.onShelf(product(3), NOON)).isFalse();
    assertThat(hearts.onShelf(product(2), NOON.plusSeconds(3_600))).isFalse();
  }

  private void like(UUID device, boolean liked) {
    DATABASE.change(tx -> hearts.like(tx, product(1), device, liked, NOON));
  }

  private void share(int seconds) {
    DATABASE.change(tx -> hearts.share(tx, product(1), ANN, NOON.plusSeconds(seconds)));
  }

  private Hearts.Fondness sums() {
    return DATABASE
        .read(tx -> hearts.sums(tx, List.of(product(1))))
        .getOrDefault(product(1), new Hearts.Fondness(0, 0));
  }
}
