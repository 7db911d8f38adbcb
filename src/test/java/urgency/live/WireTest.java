package urgency.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static urgency.live.LiveExamples.variant;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import urgency.inventory.Stock.Level;

/** What frames look like on the wire, where they go past the HTTP layer and where they do not. */
class WireTest extends Phones {
  private static final Pattern CHUNK = Pattern.compile("([0-9a-f]+)\r\n");

  @Test
  void on_http_1_1_every_frame_is_a_chunk_of_the_length_that_it_says() throws Exception {
    try (var phone = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var heard = listen(phone, "HTTP/1.1");
      for (var held = 1; held <= 3; held++) hold(held, heard);
      broadcast.close();
      await("the end", () -> heard.toString().endsWith("0\r\n\r\n"));

      var body = bodyOf(heard);
      var text = withoutChunks(body);
      assertThat(text).contains("event: hello", "\"left\":9,", "\"left\":8,", "\"left\":7,");
      assertThat(text.lines().filter("event: frame"::equals)).hasSize(4);
    }
  }

  @Test
  void on_http_1_0_frames_are_bare() throws Exception {
    try (var proxy = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var heard = listen(proxy, "HTTP/1.0");
      for (var held = 1; held <= 3; held++) hold(held, heard);

      var body = bodyOf(heard);
      assertThat(body).startsWith("retry: ").doesNotContain("\r");
    }
  }

  @Test
  void nothing_is_written_after_the_end_on_a_connection_that_stays_open() throws Exception {
    try (var phone = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var heard = listen(phone, "HTTP/1.1");
      broadcast.close();
      await("the end", () -> heard.toString().endsWith("0\r\n\r\n"));
      levels.put(variant(1), new Level(10, 5, 0));
      beat();
      phone.getOutputStream().write("GET /api/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      await("an answer", () -> heard.toString().contains("application/json"));

      var all = heard.toString();
      assertThat(all.substring(all.indexOf("0\r\n\r\n") + 5)).startsWith("HTTP/1.1 200");
    }
  }

  // Reads on a thread of its own until the connection ends.
  private StringWriter listen(Socket socket, String version) throws IOException {
    var request = "GET /events %s\r\nHost: x\r\nUser-Agent: %s\r\n\r\n".formatted(version, PHONE);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    var heard = new StringWriter();
    Thread.ofVirtual()
        .start(
            () -> {
              var bytes = new byte[4096];
              try (var in = socket.getInputStream()) {
                for (int n; (n = in.read(bytes)) >= 0; ) {
                  heard.append(new String(bytes, 0, n, US_ASCII));
                }
              } catch (IOException closed) {
                heard.append("");
              }
            });
    await("a frame", () -> heard.toString().contains("event: frame"));
    return heard;
  }

  private void hold(int held, StringWriter heard) {
    levels.put(variant(1), new Level(10, held, 0));
    beat();
    await("what is left", () -> heard.toString().contains("\"left\":" + (10 - held) + ","));
  }

  private static String bodyOf(StringWriter heard) {
    var all = heard.toString();
    return all.substring(all.indexOf("\r\n\r\n") + 4);
  }

  private static String withoutChunks(String body) {
    var text = new StringBuilder();
    var at = 0;
    for (var chunk = CHUNK.matcher(body); chunk.find(at) && chunk.start() == at; ) {
      var length = Integer.parseInt(chunk.group(1), 16);
      text.append(body, chunk.end(), chunk.end() + length);
      at = chunk.end() + length + 2;
      assertThat(body.substring(at - 2, at)).isEqualTo("\r\n");
    }
    assertThat(at).isEqualTo(body.length());
    return text.toString();
  }
}
