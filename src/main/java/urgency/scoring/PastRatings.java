package urgency.scoring;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Where a Virality Potential stands among the ratings of all products of late. The number itself is
 * a chance, which can be checked against what came; this says how it compares, which cannot.
 *
 * @param lower how many of a hundred ratings were lower, rounded down
 * @param over how far back they go
 */
public record PastRatings(int lower, Duration over) {
  /** As far back as ratings count, if they are kept so long. */
  private static final Duration WINDOW = Duration.ofDays(30);

  /** A large shop has millions of them; so many moments, evenly spread, say the same. */
  private static final int MOMENTS_MAX = 30;

  private static final String FIRST = "select min(at) from scoring.score where at >= :since";

  // Steps from moment to moment on the index of times; each has a rating of every product.
  private static final String COUNT =
      """
      with recursive moment as (
        (select at from scoring.score where at >= :first order by at limit 1)
        union all
        select (select s.at
                  from scoring.score s
                 where s.at > m.at
                   and s.at >= m.at + make_interval(secs => :step)
                 order by s.at
                 limit 1)
          from moment m
         where m.at is not null
      )
      select coalesce(sum(rated.ratings), 0) as ratings, coalesce(sum(rated.lower), 0) as lower
        from moment m
       cross join lateral (select count(*) as ratings,
                                  count(*) filter (where s.virality < :virality) as lower
                             from scoring.score s
                            where s.at = m.at) rated
      """;

  private record Count(long ratings, long lower) {}

  /** Of a number of 0 to 100; none when no rating is kept. */
  public static Optional<PastRatings> below(Handle tx, int virality, Instant now) {
    var first =
        tx.createQuery(FIRST)
            .bind("since", now.minus(WINDOW).atOffset(ZoneOffset.UTC))
            .mapTo(OffsetDateTime.class)
            .findOne()
            .map(OffsetDateTime::toInstant);
    if (first.isEmpty()) return Optional.empty();
    var over = Duration.between(first.get(), now);
    var count =
        tx.createQuery(COUNT)
            .bind("first", first.get().atOffset(ZoneOffset.UTC))
            .bind("step", Math.max(0, over.toMillis()) / 1000.0 / MOMENTS_MAX)
            .bind("virality", virality)
            .map((row, _) -> new Count(row.getLong("ratings"), row.getLong("lower")))
            .one();
    // The last of them may just have been forgotten.
    if (count.ratings() == 0) return Optional.empty();
    return Optional.of(new PastRatings((int) (100 * count.lower() / count.ratings()), over));
  }

  /** For people: continues "is". */
  public String words() {
    return "higher than %d of 100 ratings of the last %s".formatted(lower, span());
  }

  private String span() {
    if (over.toHours() >= 48) return Math.round(over.toHours() / 24.0) + " days";
    if (over.toMinutes() >= 120) return over.toHours() + " hours";
    return over.toMinutes() == 1 ? "minute" : over.toMinutes() + " minutes";
  }
}
