package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.TrendSource.Budget;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.fake.Fault;
import urgency.trends.fake.Shape;

/**
 * Every shape under every fault, over real connections, each with the class that it must get. F is
 * Fresh, E Empty, R Refused, X Retired, C Challenged, T Transient, D Drift; the first column is the
 * shape without a fault, the others are the faults in the order of {@link Fault}.
 */
class FaultMatrixTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration HASTY = Duration.ofMillis(150);

  private static final String MATRIX =
      """
                         fine  FORBI UNAUT REFUS DEPRE NOLIS MOVED GONE  LOGIN NOBOD NOROW THROT \
      BROKE SILEN DRIP  CUT   RESET ROUND STRIN NAN   BELOW TWICE BACKW FIFTY
      HASHTAGS            F     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     D     D
      YOUNG_NUMBERS       F     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     D     D
      NO_ROWS             E     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     E     E     E     E     E     E     D
      INVALID_LOGIN       R     R     R     R     X     R     X     X     C     E     R     T   \
        T     T     T     T     T     R     R     R     R     R     R     D
      RADAR_LIST          F     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     D     D
      RADAR_NO_PERMISSION R     R     R     R     X     R     X     X     C     E     R     T   \
        T     T     T     T     T     R     R     R     R     R     R     D
      RADAR_DEPRECATED    X     R     R     R     X     X     X     X     C     E     X     T   \
        T     T     T     T     T     X     X     X     X     X     X     D
      RADAR_PRODUCTS      D     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     D     D     D     D     D     D
      OVERVIEW            F     R     R     R     X     F     X     X     C     E     F     T   \
        T     T     T     T     T     F     F     D     D     F     D     D
      VIDEOS              F     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     D     D
      DISCOVERY           F     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     D     D
      DISCOVERY_REFUSED   R     R     R     R     X     R     X     X     C     E     R     T   \
        T     T     T     T     T     R     R     R     R     R     R     D
      PRODUCTS            F     R     R     R     X     X     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     F     D
      RENEWED_TOKEN       F     R     R     R     X     F     X     X     C     E     F     T   \
        T     T     T     T     T     F     F     D     D     F     D     D
      EMBED               F     R     R     R     X     F     X     X     C     E     F     T   \
        T     T     T     T     T     F     F     F     F     F     F     D
      VENDOR              F     R     R     R     X     D     X     X     C     E     E     T   \
        T     T     T     T     T     D     F     D     D     D     D     D
      """;

  private final Database database = TestDatabase.fresh();
  private final FakeTikTok tiktok = new FakeTikTok(0);

  @AfterEach
  void close() {
    tiktok.close();
    database.close();
  }

  @Test
  void every_shape_under_every_fault_gets_its_class() {
    var lines = MATRIX.lines().skip(1).toList();
    assertThat(lines).hasSize(Shape.values().length);
    var wrong = new ArrayList<String>();
    for (var line : lines) {
      var cells = List.of(line.strip().split(" +", -1));
      var shape = Shape.valueOf(cells.getFirst());
      assertThat(cells).as(line).hasSize(Fault.values().length + 2);
      check(shape, Optional.empty(), cells.get(1), wrong);
      var faults = Fault.values();
      for (var i = 0; i < faults.length; i++) {
        check(shape, Optional.of(faults[i]), cells.get(2 + i), wrong);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private void check(Shape shape, Optional<Fault> fault, String expected, List<String> wrong) {
    if (fault.isPresent()) {
      tiktok.damaged(shape, fault.get());
    } else {
      tiktok.fine(shape);
    }
    var slow = fault.filter(List.of(Fault.SILENCE, Fault.DRIP)::contains).isPresent();
    var result = asked(shape, slow ? HASTY : PATIENT);
    if (!letter(result).equals(expected)) {
      wrong.add("%s under %s: %s instead of %s".formatted(shape, fault, result, expected));
    }
  }

  private FetchResult asked(Shape shape, Duration readMax) {
    try (var asking = new Asking(tiktok.address(), readMax, database)) {
      return asking.of(shape, request());
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static FetchRequest request() {
    return new FetchRequest(
        "US", 7, NOW, NOW.plusSeconds(1200), Optional.empty(), Budget.UNLIMITED);
  }

  private static String letter(FetchResult result) {
    return switch (result) {
      case FetchResult.Fresh _ -> "F";
      case FetchResult.Unchanged _ -> "U";
      case FetchResult.Empty _ -> "E";
      case FetchResult.Refused _ -> "R";
      case FetchResult.Retired _ -> "X";
      case FetchResult.Challenged _ -> "C";
      case FetchResult.Transient _ -> "T";
      case FetchResult.Drift _ -> "D";
    };
  }

  @Test
  void the_matrix_names_every_shape_once() {
    assertThat(MATRIX.lines().skip(1).map(it -> it.strip().split(" ", 2)[0]))
        .containsExactlyElementsOf(Arrays.stream(Shape.values()).map(Enum::name).toList());
  }
}
