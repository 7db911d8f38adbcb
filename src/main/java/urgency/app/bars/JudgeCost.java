package urgency.app.bars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import urgency.judging.Batch;
import urgency.judging.Dialect;
import urgency.judging.JudgeSettings;
import urgency.judging.Subject;
import urgency.judging.Verdicts.Usage;
import urgency.judging.anthropic.Messages;
import urgency.judging.chain.Prices;
import urgency.judging.openai.Responses;
import urgency.platform.settings.Settings;

/**
 * What it costs to have a thousand products judged: the very requests that would be sent, and the
 * price table. Their tokens were counted when they were last changed, since no tokenizer comes with
 * the shop; the record of that holds for requests with the same digest and for no others.
 */
public final class JudgeCost {
  public static final int PRODUCTS = 1_000;
  public static final Path COUNTED = Path.of("src/bench/data/judge-cost/tokens.txt");

  private static final long SEED = 7;
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
  private static final String CATALOGUE = "/demo/catalogue.csv";
  private static final double MICROS_PER_CENT = 10_000;
  private static final int CELLS = 5;
  private static final List<String> COLOURS =
      List.of("Sand", "Olive", "Night", "Coral", "Ivory", "Slate", "Plum", "Moss");

  /** A model at a pace, and the most cents that a thousand products may cost there. */
  public record Line(JudgeSettings.Provider provider, JudgeSettings.Tier tier, double centsMax) {
    Dialect dialect() {
      return switch (provider) {
        case OPENAI -> new Responses();
        case ANTHROPIC -> new Messages();
        case COMPATIBLE -> throw new IllegalStateException("a model of one's own has no price");
      };
    }

    /** As the record of counted tokens calls it. */
    public String name() {
      return (provider + " " + tier).toLowerCase(Locale.ROOT);
    }
  }

  /** What is bought. */
  public static final List<Line> LINES =
      List.of(
          new Line(JudgeSettings.Provider.OPENAI, JudgeSettings.Tier.FLEX, 2.5),
          new Line(JudgeSettings.Provider.OPENAI, JudgeSettings.Tier.STANDARD, 5),
          new Line(JudgeSettings.Provider.ANTHROPIC, JudgeSettings.Tier.BATCH, 2.5),
          new Line(JudgeSettings.Provider.ANTHROPIC, JudgeSettings.Tier.STANDARD, 5));

  /** One request, and the question that is in it. */
  @SuppressWarnings("ArrayRecordComponent") // Raw bytes are carried, and no record is compared.
  public record Request(Batch question, byte[] bytes) {}

  /**
   * Tokens of all requests and of answers to them.
   *
   * @param digest of the requests that were counted
   */
  public record Counted(String digest, int in, int out) {}

  private JudgeCost() {}

  /** The requests for a thousand products. */
  public static List<Request> requests(Line line) {
    var model = model(line);
    var random = new Random(SEED);
    var subjects = subjects();
    var requests = new ArrayList<Request>();
    for (var from = 0; from < subjects.size(); from += Batch.SUBJECTS_MAX) {
      var part = subjects.subList(from, Math.min(subjects.size(), from + Batch.SUBJECTS_MAX));
      var batch = Batch.of(new UUID(0, from), new UUID(1, 0), part, TODAY, random.nextLong());
      requests.add(new Request(batch, line.dialect().write(batch, model)));
    }
    return requests;
  }

  /** Of the bytes of all requests. */
  public static String digest(List<Request> requests) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var it : requests) digest.update(it.bytes());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What was counted, by the name of the line; nothing where there is no record. */
  public static Map<String, Counted> counted(Path record) {
    var counted = new LinkedHashMap<String, Counted>();
    if (!Files.isReadable(record)) return counted;
    try {
      for (var line : Files.readAllLines(record, UTF_8)) {
        if (line.startsWith("#") || line.isBlank()) continue;
        var cells = line.split(" ", -1);
        if (cells.length != CELLS) throw new IOException("%s: '%s'".formatted(record, line));
        var in = Integer.parseInt(cells[3]);
        var out = Integer.parseInt(cells[4]);
        counted.put(cells[0] + " " + cells[1], new Counted(cells[2], in, out));
      }
      return counted;
    } catch (IOException | NumberFormatException damaged) {
      throw new IllegalStateException(record + " cannot be read", damaged);
    }
  }

  /** US cents for all of it; none when no price is known. */
  public static Optional<Double> cents(Line line, Counted counted) {
    return Prices.read(settings(line))
        .of(model(line), TODAY)
        .map(it -> it.micros(new Usage(counted.in(), 0, counted.out(), 0)) / MICROS_PER_CENT);
  }

  private static JudgeSettings.Model model(Line line) {
    return settings(line).models().getFirst().at(line.tier());
  }

  private static JudgeSettings settings(Line line) {
    var provider = line.provider().name().toLowerCase(Locale.ROOT);
    var given = Map.of("URGENCY_JUDGE_PROVIDER", provider, "URGENCY_JUDGE_KEY", "nobody-is-asked");
    return JudgeSettings.read(Settings.read(given, Optional.empty()), Duration.ofHours(4));
  }

  /** The demo catalogue's names, descriptions and tags, each in as many colours as it takes. */
  public static List<Subject> subjects() {
    var products = List.copyOf(catalogue().values());
    var subjects = new ArrayList<Subject>();
    for (var i = 0; subjects.size() < PRODUCTS; i++) {
      var it = products.get(i % products.size());
      var edition = i / products.size();
      var colour = COLOURS.get(edition % COLOURS.size());
      var name = "%s, %s %d".formatted(it.get("name"), colour, edition);
      var tags = List.of(it.get("tags").split(" "));
      var trends = tags.subList(0, Math.min(2, tags.size()));
      subjects.add(new Subject(name, it.get("category"), it.get("description"), tags, trends));
    }
    return subjects;
  }

  // The first variant of each product.
  private static Map<String, CSVRecord> catalogue() {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var in = JudgeCost.class.getResourceAsStream(CATALOGUE)) {
      if (in == null) throw new IllegalStateException("missing from the build: " + CATALOGUE);
      var products = new LinkedHashMap<String, CSVRecord>();
      try (var rows = format.parse(new InputStreamReader(in, UTF_8))) {
        for (var it : rows) products.putIfAbsent(it.get(1), it);
      }
      return products;
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
