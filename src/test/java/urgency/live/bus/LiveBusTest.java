package urgency.live.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.live.LiveBus;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** What every bus must do, asked of both. */
class LiveBusTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  abstract static class Contract {
    /** As many nodes of one shop as are asked for, listening. */
    abstract List<LiveBus> nodes(int count) throws Exception;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void what_one_node_says_all_hear_itself_too() throws Exception {
      var nodes = nodes(2);
      for (var it : nodes) it.hear("audience", heard::add);

      nodes.getFirst().say("audience", "lamp=3");

      until("both", () -> heard.size() == 2);
      assertThat(heard).containsOnly("lamp=3");
    }

    @Test
    void a_topic_does_not_hear_what_is_said_on_another() throws Exception {
      var node = nodes(1).getFirst();
      node.hear("hearts", heard::add);
      node.hear("audience", _ -> heard.add("audience"));

      node.say("audience", "lamp=3");

      until("the audience", () -> !heard.isEmpty());
      assertThat(heard).containsExactly("audience");
    }

    @Test
    void a_node_is_heard_in_the_order_in_which_it_speaks() throws Exception {
      var nodes = nodes(2);
      nodes.getLast().hear("count", heard::add);
      var said = new ArrayList<String>();
      for (var i = 0; i < 50; i++) said.add("number " + i);

      for (var it : said) nodes.getFirst().say("count", it);

      until("all", () -> heard.size() == 50);
      assertThat(heard).containsExactlyElementsOf(said);
    }

    @Test
    void a_listener_that_fails_does_not_deafen_the_others() throws Exception {
      var node = nodes(1).getFirst();
      node.hear(
          "audience",
          _ -> {
            throw new IllegalStateException("deaf");
          });
      node.hear("audience", heard::add);

      node.say("audience", "one");
      node.say("audience", "two");

      until("both", () -> heard.size() == 2);
    }

    @Test
    void odd_letters_line_feeds_and_nothing_arrive_as_they_are() throws Exception {
      var node = nodes(1).getFirst();
      node.hear("audience", heard::add);

      node.say("audience", "größer 商店 'x'; \n\"y\"");
      node.say("audience", "");

      until("both", () -> heard.size() == 2);
      assertThat(heard).containsExactly("größer 商店 'x'; \n\"y\"", "");
    }

    @Test
    void the_longest_text_arrives_and_a_longer_one_is_refused() throws Exception {
      var node = nodes(1).getFirst();
      node.hear("audience", heard::add);

      node.say("audience", "x".repeat(LiveBus.TEXT_MAX));

      until("the text", () -> !heard.isEmpty());
      assertThatThrownBy(() -> node.say("audience", "x".repeat(LiveBus.TEXT_MAX + 1)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_closed_node_hears_nothing_any_more() throws Exception {
      var nodes = nodes(1);
      nodes.getFirst().hear("audience", heard::add);
      nodes.getFirst().close();

      nodes.getFirst().say("audience", "lamp=3");

      assertThat(heard).isEmpty();
    }

    static void until(String what, java.util.function.BooleanSupplier condition) {
      Patience.until(what, SOON, condition);
    }
  }

  @Nested
  class WithinOneProcess extends Contract {
    @Override
    List<LiveBus> nodes(int count) {
      var bus = new ProcessBus();
      var nodes = new ArrayList<LiveBus>();
      for (var i = 0; i < count; i++) nodes.add(bus);
      return nodes;
    }
  }

  @Nested
  class OverPostgres extends Contract {
    private final List<PostgresBus> open = new ArrayList<>();
    private Database database;

    @BeforeEach
    void start() {
      database = TestDatabase.fresh();
    }

    @AfterEach
    void stop() {
      for (var it : open) it.close();
      database.close();
    }

    @Override
    List<LiveBus> nodes(int count) throws Exception {
      for (var i = 0; i < count; i++) open.add(new PostgresBus(database));
      for (var it : open) assertThat(it.listensWithin(SOON)).isTrue();
      return List.copyOf(open);
    }

    @Test
    void a_lost_connection_is_opened_again() throws Exception {
      var heard = new CopyOnWriteArrayList<String>();
      var node = nodes(1).getFirst();
      node.hear("audience", heard::add);
      database.read(
          tx ->
              tx.createQuery(
                      """
                      select pg_terminate_backend(pid)
                        from pg_stat_activity
                       where query = 'listen urgency_live'
                         and datname = current_database()
                      """)
                  .mapTo(Boolean.class)
                  .list());

      until(
          "the node hears again",
          () -> {
            node.say("audience", "again");
            return !heard.isEmpty();
          });
    }
  }
}
