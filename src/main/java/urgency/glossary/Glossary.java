package urgency.glossary;

import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Judgements;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Reading;
import urgency.platform.sql.Database;

/**
 * What hashtags mean that the word table does not know: each new one is put to the judge once, and
 * what it says is a suggestion for operators. It moves no score by itself.
 */
public final class Glossary {
  /** After this a hashtag is asked about anew: words change their meaning. */
  static final Duration GOOD_FOR = Duration.ofDays(30);

  private static final int TAG_MAX = 40;
  private static final int CALLS_MAX = 4;
  private static final int DEPARTMENTS_MAX = 40;
  private static final int SUGGESTIONS_MAX = 50;
  private static final int FORGET_MAX = 20_000;

  private static final String KNOWN =
      "select distinct content from glossary.tag where content = any (:contents) and at >= :since";

  private static final String ADD =
      """
      insert into glossary.tag (content, tag, call, model, means, sells, departments, ends,
             sure, at)
      values (:content, :tag, :call, :model, :means, :sells, :departments, :ends, :sure, :at)
      """;

  private static final String SUGGESTIONS =
      """
      select tag, model, means, departments, ends, sure, at
        from (select distinct on (tag) *
                from glossary.tag
               where tag = any (:tags) and at >= :since
               order by tag, at desc, id desc) newest
       where sells and means <> '' and sure > 0
       order by sure desc, at desc, tag
       limit :max
      """;

  private static final String FORGET =
      """
      delete from glossary.tag
       where id in (select id from glossary.tag where at < :before order by at limit :max)
      """;

  private final Database database;
  private final Judge judge;
  private final Judgements judgements;
  private final JudgeSettings settings;
  private final InstantSource clock;
  private final LongSupplier seeds;
  private final Supplier<UUID> ids;

  /**
   * What a round did.
   *
   * @param known hashtags that were read before
   * @param read hashtags that were read now
   * @param stopped why the round ended early; empty when it did not
   */
  public record Round(int known, int read, String stopped) {}

  /**
   * What a model says that a hashtag means.
   *
   * @param departments of the shop that may sell it
   * @param ends when it is over, if it has a dated end
   * @param sure 1 to 3
   */
  public record Suggestion(
      String tag,
      String means,
      List<String> departments,
      Optional<LocalDate> ends,
      int sure,
      String model,
      Instant at) {
    public Suggestion {
      departments = List.copyOf(departments);
    }
  }

  /**
   * @param seeds from a secure source
   */
  public Glossary(
      Database database,
      Judge judge,
      Judgements judgements,
      JudgeSettings settings,
      InstantSource clock,
      LongSupplier seeds,
      Supplier<UUID> ids) {
    this.database = database;
    this.judge = judge;
    this.judgements = judgements;
    this.settings = settings;
    this.clock = clock;
    this.seeds = seeds;
    this.ids = ids;
  }

  /**
   * Puts what nobody has read within a month to the judge, strongest first, a bounded number of
   * calls; the rest waits for the next round. Bounded by the run's deadline.
   *
   * @param tags without their sign
   */
  public Round run(List<String> tags, List<String> departments) {
    if (!settings.enabled()) return new Round(0, 0, "no judge");
    var now = clock.instant();
    var deadline = now.plus(settings.patience().run());
    var model = settings.models().getFirst();
    var keys = new LinkedHashMap<String, String>();
    for (var it : TagRubric.clean(tags, TAG_MAX)) keys.put(TagRubric.key(model, it), it);
    var known = database.read(tx -> known(tx, keys.keySet(), now));
    var asking = new ArrayList<String>();
    keys.forEach(
        (key, tag) -> {
          if (!known.contains(key)) asking.add(tag);
        });
    var shop =
        TagRubric.clean(departments, TAG_MAX).stream().sorted().limit(DEPARTMENTS_MAX).toList();
    var run = ids.get();
    var read = 0;
    for (var call = 0; call < CALLS_MAX && call * TagBatch.TAGS_MAX < asking.size(); call++) {
      var from = call * TagBatch.TAGS_MAX;
      var part = asking.subList(from, Math.min(asking.size(), from + TagBatch.TAGS_MAX));
      var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      var batch = TagBatch.of(ids.get(), run, part, shop, today, seeds.getAsLong());
      var verdicts = judge.judge(batch, deadline);
      if (!(verdicts instanceof Verdicts.Told told)) {
        return new Round(known.size(), read, verdicts.getClass().getSimpleName());
      }
      read += keep(batch, told, model);
    }
    database.change(tx -> forget(tx, now.minus(settings.keep())));
    return new Round(known.size(), read, "");
  }

  /** What is said of these hashtags, where there is something to sell. */
  public static List<Suggestion> suggestions(Handle tx, List<String> tags, Instant now) {
    if (tags.isEmpty()) return List.of();
    return tx.createQuery(SUGGESTIONS)
        .bindArray("tags", String.class, tags.toArray())
        .bind("since", now.minus(GOOD_FOR).atOffset(ZoneOffset.UTC))
        .bind("max", SUGGESTIONS_MAX)
        .map((row, _) -> suggestion(row))
        .list();
  }

  private int keep(TagBatch batch, Verdicts.Told told, Model model) {
    var now = clock.instant();
    var read = batch.read(told);
    database.change(
        tx -> {
          read.forEach((tag, it) -> add(tx, batch, told, model, tag, it, now));
          judgements.canaries(tx, batch.id(), batch.canaries(told), now);
        });
    return read.size();
  }

  private static void add(
      Handle tx,
      TagBatch batch,
      Verdicts.Told told,
      Model model,
      String tag,
      Reading it,
      Instant now) {
    tx.createUpdate(ADD)
        .bind("content", TagRubric.key(model, tag))
        .bind("tag", tag)
        .bind("call", batch.id())
        .bind("model", told.receipt().modelReturned())
        .bind("means", it.means())
        .bind("sells", it.sells())
        .bindArray("departments", String.class, it.departments().toArray())
        .bind("ends", it.ends().map(Date::valueOf).orElse(null))
        .bind("sure", it.sure())
        .bind("at", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static Set<String> known(Handle tx, Set<String> contents, Instant now) {
    return new HashSet<>(
        tx.createQuery(KNOWN)
            .bindArray("contents", String.class, contents.toArray())
            .bind("since", now.minus(GOOD_FOR).atOffset(ZoneOffset.UTC))
            .mapTo(String.class)
            .list());
  }

  private static void forget(Handle tx, Instant before) {
    tx.createUpdate(FORGET)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("max", FORGET_MAX)
        .execute();
  }

  private static Suggestion suggestion(ResultSet row) throws SQLException {
    return new Suggestion(
        row.getString("tag"),
        row.getString("means"),
        strings(row.getArray("departments")),
        Optional.ofNullable(row.getDate("ends")).map(Date::toLocalDate),
        row.getInt("sure"),
        row.getString("model"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
