package urgency.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** That nobody is forgotten while phones come and go. */
class SwitchboardTest {
  private static final int PHONES = 200;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final List<Socket> sockets = new ArrayList<>();
  private final ConcurrentHashMap<String, Connection> seated = new ConcurrentHashMap<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<EventLoop, Switchboard> boards = new ConcurrentHashMap<>();

  @BeforeEach
  void seat_everybody() throws Exception {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(this::seat)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    for (var i = 0; i < PHONES; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
      socket
          .getOutputStream()
          .write("GET /%d HTTP/1.1\r\nHost: x\r\n\r\n".formatted(i).getBytes(US_ASCII));
      sockets.add(socket);
    }
    Patience.until("all seated", Duration.ofSeconds(30), () -> seated.size() == PHONES);
  }

  @AfterEach
  void stop() throws Exception {
    for (var it : sockets) it.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void everybody_on_the_loop_is_told() throws Exception {
    tell(phone -> told.add(phone.id()));

    assertThat(boards).hasSize(1);
    assertThat(told).hasSize(PHONES);
  }

  @Test
  void whoever_stays_is_told_though_others_leave_meanwhile() throws Exception {
    var gone = ConcurrentHashMap.<String>newKeySet();

    // Each that is told takes itself away, or one from the start, the middle or the end.
    tell(
        phone -> {
          told.add(phone.id());
          var leaving = (Integer.parseInt(phone.id()) * 7) % PHONES;
          if (leaving % 3 == 0) {
            gone.add(Integer.toString(leaving));
            board().remove(Objects.requireNonNull(seated.get(Integer.toString(leaving))));
          }
        });

    var stayed = new ArrayList<>(seated.keySet());
    stayed.removeAll(gone);
    assertThat(told).containsAll(stayed);
    assertThat(gone).isNotEmpty();
  }

  @Test
  void a_page_that_is_asked_for_meanwhile_does_not_wait_for_everybody() throws Exception {
    var toldWhenAsked = new ArrayList<Integer>();
    var loop = boards.keySet().iterator().next();

    tell(
        phone -> {
          told.add(phone.id());
          if (told.size() == 1) loop.execute(() -> toldWhenAsked.add(told.size()));
        });

    assertThat(toldWhenAsked.getFirst()).isLessThan(PHONES);
  }

  @Test
  void a_phone_that_is_forgotten_twice_takes_nobody_elses_seat() throws Exception {
    tell(
        phone -> {
          if (phone.id().equals("5")) {
            board().remove(phone);
            board().remove(phone);
          }
        });
    tell(phone -> told.add(phone.id()));

    assertThat(told).hasSize(PHONES - 1).doesNotContain("5");
  }

  private void seat(HttpServerRequest request) {
    var context = vertx.getOrCreateContext();
    var id = request.uri().substring(1);
    var phone = new Connection(id, Optional.empty(), "", context, request);
    boards.computeIfAbsent(Switchboard.loop(context), Switchboard::new).add(phone);
    seated.put(id, phone);
  }

  private Switchboard board() {
    return boards.values().iterator().next();
  }

  private void tell(java.util.function.Consumer<Connection> word) throws InterruptedException {
    var done = new CountDownLatch(1);
    board().tell(word, done::countDown);
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
