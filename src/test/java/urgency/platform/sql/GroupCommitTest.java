package urgency.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
    database.change(tx -> tx.execute("create table public.seen (n int primary key)"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.change(tx -> tx.execute("truncate public.seen"));
  }

  @Test
  void requests_that_wait_together_share_a_commit() throws Exception {
    try (var group = new GroupCommit<>("test", database, 1, 64, 1_000, GroupCommitTest::insert);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = IntStream.range(0, 200).mapToObj(n -> callers.submit(() -> group.submit(0, n)));

      for (var answer : answers.toList()) assertThat(answer.get()).startsWith("inserted");
      assertThat(rows()).isEqualTo(200);
      assertThat(group.commits()).isLessThan(200);
    }
  }

  @Test
  void a_poisonous_request_harms_only_itself() throws Exception {
    var go = new CountDownLatch(1);
    try (var group =
            new GroupCommit<Integer, String>(
                "test",
                database,
                1,
                64,
                1_000,
                (tx, numbers) -> {
                  await(go);
                  return insert(tx, numbers);
                });
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = callers.submit(() -> group.submit(0, 1));
      var twin = callers.submit(() -> group.submit(0, 1));
      var other = callers.submit(() -> group.submit(0, 2));
      go.countDown();

      assertThat(other.get()).isEqualTo("inserted 2");
      assertThat(List.of(first, twin)).filteredOn(GroupCommitTest::succeeded).hasSize(1);
      assertThat(rows()).isEqualTo(2);
    }
  }

  @Test
  void a_full_lane_refuses_at_once() throws Exception {
    var go = new CountDownLatch(1);
    try (var group =
            new GroupCommit<Integer, String>(
                "test",
                database,
                1,
                1,
                1,
                (tx, numbers) -> {
                  await(go);
                  return insert(tx, numbers);
                });
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = IntStream.range(0, 5).mapToObj(n -> callers.submit(() -> group.submit(0, n)));
      var all = waiting.toList();
      urgency.Patience.until(
          "one is refused",
          java.time.Duration.ofSeconds(30),
          () -> all.stream().anyMatch(it -> it.isDone()));
      go.countDown();

      assertThat(all).filteredOn(it -> !succeeded(it)).isNotEmpty();
    }
  }

  @Test
  void after_closing_nothing_is_taken() {
    var group = new GroupCommit<>("test", database, 1, 64, 1_000, GroupCommitTest::insert);
    group.close();

    assertThatThrownBy(() -> group.submit(0, 1)).isInstanceOf(GroupCommit.Overloaded.class);
  }

  private static List<String> insert(Handle tx, List<Integer> numbers) {
    var batch = tx.prepareBatch("insert into public.seen values (?)");
    numbers.forEach(it -> batch.bind(0, it).add());
    batch.execute();
    return numbers.stream().map(it -> "inserted " + it).toList();
  }

  private static boolean succeeded(java.util.concurrent.Future<String> answer) {
    try {
      return answer.get(30, TimeUnit.SECONDS) != null;
    } catch (ExecutionException refused) {
      return false;
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) throw new AssertionError("nobody said go");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long rows() {
    return database.read(
        tx -> tx.createQuery("select count(*) from public.seen").mapTo(Long.class).one());
  }
}
