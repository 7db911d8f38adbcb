package urgency.judging.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import urgency.judging.JudgeSettings;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Verdicts.Usage;

/** What tokens cost, as a versioned table of data. A model without a price is not asked. */
public final class Prices {
  private static final String HEADER = "version,provider,model,tier,valid_from,in,cached,out";
  private static final int COLUMNS = 8;
  private static final int ROWS_MAX = 1_000;
  private static final BigDecimal MICROS_PER_DOLLAR = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal DOLLARS_MAX = BigDecimal.valueOf(10_000);
  private static final long MICROS_PER_CENT = 10_000;
  private static final long MILLION = 1_000_000;

  private final List<Row> rows;

  private record Row(String provider, String model, String tier, LocalDate validFrom, Rate rate) {}

  /**
   * The price of one model at one time, in millionths of a US dollar per million tokens.
   *
   * @param version of the table it is from, for the ledger
   */
  public record Rate(String version, long in, long cached, long out) {
    /** Rounded up to whole micro-dollars. */
    public long micros(Usage usage) {
      var fresh = Math.max(0, usage.in() - usage.cached());
      var all = fresh * in + usage.cached() * cached + usage.out() * out;
      return Math.ceilDiv(all, MILLION);
    }
  }

  private Prices(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The table that the shop ships with, or the file of the settings. */
  public static Prices read(JudgeSettings settings) {
    try (var in =
        settings.priceFile().isBlank()
            ? Objects.requireNonNull(Prices.class.getResourceAsStream("/judging/prices.csv"))
            : Files.newInputStream(Path.of(settings.priceFile()))) {
      return new Prices(
          rows(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("judge.price-file cannot be read", unreadable);
    }
  }

  /** The price of a model on a day; none when the table does not know it. */
  public Optional<Rate> of(Model model, LocalDate day) {
    if (model.provider() == JudgeSettings.Provider.COMPATIBLE) {
      var price = model.price();
      var in = price.inCents() * MICROS_PER_CENT;
      return Optional.of(new Rate("settings", in, in, price.outCents() * MICROS_PER_CENT));
    }
    var provider = model.provider().name().toLowerCase(Locale.ROOT);
    var tier = model.tier().name().toLowerCase(Locale.ROOT);
    return rows.stream()
        .filter(it -> it.provider().equals(provider) && it.model().equals(model.name()))
        .filter(it -> it.tier().equals(tier) && !it.validFrom().isAfter(day))
        .max(java.util.Comparator.comparing(Row::validFrom))
        .map(Row::rate);
  }

  private static List<Row> rows(BufferedReader in) throws IOException {
    var rows = new ArrayList<Row>();
    var number = 0;
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#") || line.equals(HEADER)) continue;
      if (rows.size() == ROWS_MAX) throw new IllegalArgumentException("too many prices");
      rows.add(row(line, number));
    }
    return rows;
  }

  private static Row row(String line, int number) {
    var cells = line.split(",", -1);
    try {
      if (cells.length != COLUMNS) throw new IllegalArgumentException(HEADER);
      var rate = new Rate(cells[0], micros(cells[5]), micros(cells[6]), micros(cells[7]));
      return new Row(cells[1], cells[2], cells[3], LocalDate.parse(cells[4]), rate);
    } catch (IllegalArgumentException | DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "price table, line %d: expected %s".formatted(number, HEADER), malformed);
    }
  }

  private static long micros(String dollars) {
    var amount = new BigDecimal(dollars.strip());
    if (amount.signum() < 0 || amount.compareTo(DOLLARS_MAX) > 0) {
      throw new IllegalArgumentException("price " + dollars);
    }
    return amount.multiply(MICROS_PER_DOLLAR).setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
