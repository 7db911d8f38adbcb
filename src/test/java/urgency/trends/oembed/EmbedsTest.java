package urgency.trends.oembed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Asking;
import urgency.trends.Ingest;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendSettings;
import urgency.trends.Trends;
import urgency.trends.fake.FakeTikTok;
import urgency.trends.fake.Fault;
import urgency.trends.oembed.Embeds.Embed;

class EmbedsTest {
  private static final Instant NOW = Instant.parse("2026-09-19T12:00:00Z");

  private final Database database = TestDatabase.fresh();
  private final FakeTikTok tiktok = new FakeTikTok(0);
  private final Asking asking = new Asking(tiktok.address(), Duration.ofSeconds(20), database);
  private final Embeds embeds = asking.embeds(true);

  @AfterEach
  void close() {
    asking.close();
    tiktok.close();
    database.close();
  }

  @Test
  void without_a_video_nobody_is_asked() {
    embeds.run(NOW);

    assertThat(tiktok.asked()).isEmpty();
  }

  @Test
  void a_trending_video_is_asked_about_once_and_no_author_is_kept() {
    videos();
    var before = tiktok.asked().size();

    embeds.run(NOW);
    embeds.run(NOW.plusSeconds(600));

    assertThat(tiktok.asked().subList(before, tiktok.asked().size()))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.query())
                    .isEqualTo(
                        "url=https%3A%2F%2Fwww.tiktok.com%2F%40_%2Fvideo%2F7600000000000000001"));
    assertThat(database.<List<Embed>>read(Embeds::all))
        .containsExactly(
            new Embed("7600000000000000001", "Example unboxing #exampleblender", 720, 1280));
  }

  @Test
  void a_stumble_leaves_the_video_for_another_time() {
    videos();
    tiktok.otherwise(Fault.BROKEN);
    embeds.run(NOW);
    assertThat(database.<List<Embed>>read(Embeds::all)).isEmpty();

    tiktok.fine(urgency.trends.fake.Shape.EMBED);
    embeds.run(NOW.plusSeconds(600));

    assertThat(database.<List<Embed>>read(Embeds::all)).hasSize(1);
  }

  @Test
  void videos_are_evidence_and_never_a_trend_that_moves_a_score() {
    videos();

    assertThat(database.<List<Trend>>read(tx -> new Trends().current(tx, NOW))).isEmpty();
    var rows =
        database.<Long>read(
            tx ->
                tx.createQuery("select count(*) from trends.observation where kind = 'VIDEO'")
                    .mapTo(Long.class)
                    .one());
    assertThat(rows).isEqualTo(1);
  }

  @Test
  void nothing_personal_of_a_video_reaches_the_database() {
    videos();

    var kept =
        database.<String>read(
            tx ->
                tx.createQuery(
                        """
                        select string_agg(t::text, ' ')
                          from (select to_jsonb(o) from trends.observation o) as t
                        """)
                    .mapTo(String.class)
                    .one());

    assertThat(kept).contains("exampleblender").doesNotContain("example_creator", "120034");
  }

  private void videos() {
    var settings = TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
    new Ingest(database, new Sources(List.of(asking.videos())), settings).run(NOW);
  }
}
