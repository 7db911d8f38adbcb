package urgency.shelf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.app.bars.ShelfDigest;

/** Fifty decisions have one digest however the machine runs the code, to the last bit. */
class DeterminismTest {
  private static final int THREADS = 8;
  private static final long MINUTES_MAX = 3;
  private static final String HERE = ShelfDigest.digest();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:TieredStopAtLevel=1",
        "-XX:-TieredCompilation",
        "-Xint",
        "-Xcomp",
        "-XX:ActiveProcessorCount=1",
        "-XX:ActiveProcessorCount=8"
      })
  void fifty_decisions_have_one_digest_whichever_compiler_and_however_many_threads(String flag)
      throws IOException, InterruptedException {
    // A compiler is tried without company, which is tried by itself; and again where it would
    // compile more the second time.
    var threads = flag.startsWith("-XX:Active") ? THREADS : flag.startsWith("-XX:") ? 1 : 0;

    assertThat(digests(flag, threads)).hasSize(1 + threads).containsOnly(HERE);
  }

  private static List<String> digests(String flag, int threads)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Compiling everything at once takes a minute; our own arithmetic is what matters.
    if (flag.equals("-Xcomp")) command.add("-XX:CompileCommand=compileonly,urgency.*::*");
    command.addAll(
        List.of(
            flag, "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.add(DecisionDigest.class.getName());
    command.add(String.valueOf(threads));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.lines().filter(it -> it.matches("[0-9a-f]{64}")).toList();
  }
}
