package urgency.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.RoundTrip.Column;

class RoundTripTest {
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
    database.change(tx -> tx.execute("create table thing (id int primary key)"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void a_later_statement_sees_what_an_earlier_one_did() {
    var seen = new ArrayList<Integer>();

    database.change(
        tx -> {
          var trip = new RoundTrip(tx);
          var ids = Column.of("int4", List.of(1, 2));
          trip.change("insert into thing select * from unnest(?::int[])", 2, ids);
          trip.ask(
              "select id from thing where id < ? order by id", it -> seen.add(it.getInt(1)), 9);
          trip.send();
          tx.rollback();
        });

    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void a_change_of_more_or_fewer_rows_than_meant_is_an_error() {
    assertThatThrownBy(
            () ->
                database.change(
                    tx -> {
                      var trip = new RoundTrip(tx);
                      trip.change("insert into thing values (?)", 2, 5);
                      trip.send();
                    }))
        .hasMessageContaining("1 rows instead of 2");
  }

  @Test
  void a_refusal_says_why() {
    assertThatThrownBy(
            () ->
                database.change(
                    tx -> {
                      var trip = new RoundTrip(tx);
                      trip.change("insert into thing values (7)", 1);
                      trip.change("insert into thing values (7)", 1);
                      trip.send();
                    }))
        .isInstanceOfSatisfying(
            RoundTrip.Refused.class, it -> assertThat(it.state()).isEqualTo("23505"));
  }
}
