package urgency.judging.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import urgency.app.bars.JudgeCost;
import urgency.judging.FakeLlm;
import urgency.judging.JudgeCall;
import urgency.judging.JudgeLog;
import urgency.judging.JudgeSettings;
import urgency.judging.Subject;
import urgency.judging.Verdicts;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/**
 * What a thousand products cost, by the tokens of the very bytes that go over the wire and the
 * price table, as the ledger settles it.
 */
class CostTest {
  private static final int PRODUCTS = 1_000;

  /** Anthropic's tokenizer is not public; its own guide says a third more. */
  private static final double ANTHROPIC_TOKENS = 1.3;

  private record Line(String name, List<JudgeCall> calls, double cents) {
    int in() {
      return calls.stream().mapToInt(JudgeCall::tokensIn).sum();
    }

    int out() {
      return calls.stream().mapToInt(JudgeCall::tokensOut).sum();
    }
  }

  @Test
  void a_thousand_products_cost_at_most_two_and_a_half_cents_at_half_price_and_five_at_full()
      throws IOException {
    var subjects = JudgeCost.subjects();
    var lines = new ArrayList<Line>();
    lines.add(line("gpt-6-luna, flex", subjects, JudgeSettings.Provider.OPENAI, 1, "flex"));
    lines.add(line("gpt-6-luna, standard", subjects, JudgeSettings.Provider.OPENAI, 1, "standard"));
    lines.add(
        line(
            "claude-haiku-5-5",
            subjects,
            JudgeSettings.Provider.ANTHROPIC,
            ANTHROPIC_TOKENS,
            "standard"));

    Files.createDirectories(Path.of("target"));
    var table = table(lines);
    Files.writeString(Path.of("target/judge-cost.md"), table);
    System.err.println(table);
    assertThat(lines.get(0).cents()).isPositive().isLessThanOrEqualTo(2.5);
    assertThat(lines.get(1).cents()).isLessThanOrEqualTo(5);
    assertThat(lines.get(2).cents()).isLessThanOrEqualTo(5);
  }

  @Test
  void the_tokens_on_record_are_those_of_the_requests() throws IOException {
    var counted = new StringBuilder();
    for (var line : JudgeCost.LINES) {
      var it = count(line);
      counted.append("%s %s %d %d\n".formatted(line.name(), it.digest(), it.in(), it.out()));
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/judge-tokens.txt"), counted);

    var recorded =
        Files.readAllLines(JudgeCost.COUNTED).stream().filter(it -> !it.startsWith("#")).toList();
    // After a change of the prompt: put target/judge-tokens.txt there, and the cents on record.
    assertThat(recorded).containsExactlyElementsOf(counted.toString().lines().toList());
  }

  private static Line line(
      String name,
      List<Subject> subjects,
      JudgeSettings.Provider provider,
      double factor,
      String tier) {
    var encoding = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    try (Database database = TestDatabase.fresh();
        var fake = new FakeLlm(0)) {
      fake.countTokens(it -> (int) Math.ceil(encoding.countTokensOrdinary(it) * factor));
      var settings =
          Judges.settings(
              fake,
              provider,
              "URGENCY_JUDGE_TIER",
              tier,
              "URGENCY_JUDGE_CAP_RUN_CENTS",
              "100",
              "URGENCY_JUDGE_CAP_DAY_CENTS",
              "100",
              "URGENCY_JUDGE_HEDGE",
              "false",
              "URGENCY_JUDGE_RUN_DEADLINE",
              "10m",
              "URGENCY_JUDGE_TIMEOUT",
              "1m");
      var round = Judges.judging(database, settings, InstantSource.system()).run(subjects);
      assertThat(round.judged()).isEqualTo(PRODUCTS);
      var log = new JudgeLog();
      List<JudgeCall> calls = database.read(tx -> log.newest(tx, 500));
      JudgeLog.Spend spent = database.read(tx -> log.month(tx, Instant.now()));
      assertThat(spent.openMicros()).isZero();
      return new Line(name, calls, spent.settledMicros() / 10_000.0);
    }
  }

  private static String table(List<Line> lines) {
    var table = new StringBuilder("| model | calls | tokens in | tokens out | cents per 1,000 |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    for (var it : lines) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %,d | %,d | %.2f |%n",
              it.name(),
              it.calls().size(),
              it.in(),
              it.out(),
              it.cents()));
    }
    return table.toString();
  }

  private static JudgeCost.Counted count(JudgeCost.Line line) throws IOException {
    var encoding = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    var factor = line.provider() == JudgeSettings.Provider.ANTHROPIC ? ANTHROPIC_TOKENS : 1;
    var dialect = Judges.dialect(line.provider());
    var in = 0;
    var out = 0;
    var requests = JudgeCost.requests(line);
    try (var fake = new FakeLlm(0)) {
      fake.countTokens(it -> (int) Math.ceil(encoding.countTokensOrdinary(it) * factor));
      var path = line.provider() == JudgeSettings.Provider.OPENAI ? "/responses" : "/messages";
      for (var it : requests) {
        var answer = fake.reply(path, new String(it.bytes(), StandardCharsets.UTF_8));
        var question = it.question();
        var read = dialect.read(answer.getBytes(StandardCharsets.UTF_8), question.id(), question);
        assertThat(read).isInstanceOf(Verdicts.Given.class);
        var usage = ((Verdicts.Given) read).receipt().usage().orElseThrow();
        in += usage.in();
        out += usage.out();
      }
    }
    return new JudgeCost.Counted(JudgeCost.digest(requests), in, out);
  }
}
