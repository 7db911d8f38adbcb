package urgency.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final List<String> said = new ArrayList<>();

  @Test
  void short_work_is_done_in_silence() {
    try (var progress = new Progress("reaching the database", now::get, said::add)) {
      progress.at("edition 7, 1 of 50: reading what was known");
      now.set(NOON.plusMillis(900));
      progress.at("edition 6, 2 of 50: reading what was known");
    }

    assertThat(said).isEmpty();
  }

  @Test
  void long_work_says_what_it_is_at_after_a_second_and_then_every_two() {
    try (var progress = new Progress("reaching the database", now::get, said::add)) {
      for (var tenths = 0; tenths <= 55; tenths++) {
        now.set(NOON.plusMillis(tenths * 100L));
        if (tenths == 5) progress.at("edition 7, 1 of 2: rating 1 again");
        if (tenths == 25) progress.at("edition 6, 2 of 2: reading what was known");
        progress.look();
      }
    }

    assertThat(said)
        .containsExactly(
            "edition 7, 1 of 2: rating 1 again ... (1 s)",
            "edition 6, 2 of 2: reading what was known ... (3 s)",
            "edition 6, 2 of 2: reading what was known ... (5 s)");
  }
}
