package urgency.scoring.backtest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found: tables of figures, what was foretold against what came, and bars.
 *
 * @param bars figures with a limit, which the same data give on every machine
 * @param others bars that are shown and do not decide: times of this machine, and what something
 *     else proves
 * @param missing what could not be measured on these data, with what it would take
 */
public record Report(
    List<String> data,
    List<Table> tables,
    List<Plot> plots,
    List<Bar> bars,
    List<Other> others,
    List<String> missing) {
  private static final int FILES_NAMED_MAX = 3;

  Report(
      List<String> data,
      List<Table> tables,
      List<Plot> plots,
      List<Bar> bars,
      List<String> missing) {
    this(data, tables, plots, bars, List.of(), missing);
  }

  /** Nothing could be measured, and why. */
  static Report of(String missing) {
    return new Report(List.of(), List.of(), List.of(), List.of(), List.of(missing));
  }

  /** What was measured without a folder of data. */
  public static Report of(List<Table> tables, List<Bar> bars, List<Other> others) {
    return new Report(List.of(), tables, List.of(), bars, others, List.of());
  }

  /** This and the other, in that order. */
  public Report and(Report other) {
    return new Report(
        joined(data, other.data),
        joined(tables, other.tables),
        joined(plots, other.plots),
        joined(bars, other.bars),
        joined(others, other.others),
        joined(missing, other.missing));
  }

  // A trial knows no files; whoever has to add to them wants their names.
  Report from(List<CsvFile> files) {
    var named = files.stream().limit(FILES_NAMED_MAX).map(it -> it.path().toString()).toList();
    var more = files.size() - named.size();
    var places = String.join(", ", named) + (more > 0 ? " and %d more".formatted(more) : "");
    return new Report(
        data, tables, plots, bars, others, missing.stream().map(it -> places + ": " + it).toList());
  }

  /** Bars without a number are no bars: too little came for one. */
  Report sound() {
    var unsound = bars.stream().filter(it -> !Double.isFinite(it.figure() - it.limit())).toList();
    var sound = bars.stream().filter(it -> !unsound.contains(it)).toList();
    var more = unsound.stream().map(it -> it.says() + ": the data give no number").toList();
    return new Report(data, tables, plots, sound, others, joined(missing, more));
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** Models side by side under one protocol. */
  public record Table(String id, String title, String protocol, List<Row> rows) {
    /** A figure by the name of the model and that of the metric. */
    public Optional<Double> figure(String model, String metric) {
      return rows.stream()
          .filter(it -> it.model().equals(model))
          .findFirst()
          .map(it -> it.figures().get(metric));
    }

    List<String> metrics() {
      return rows.stream().flatMap(it -> it.figures().keySet().stream()).distinct().toList();
    }
  }

  /**
   * Figures of one model by the names of metrics.
   *
   * @param ours whether it ships, as against a baseline
   */
  public record Row(String model, boolean ours, Map<String, Double> figures) {}

  /**
   * @param ahead by how much ours is above the baseline, in the mean
   * @param error standard error of that; not a number with one date
   */
  record Pair(String metric, String baseline, double ahead, double error) {
    @Override
    public String toString() {
      return Double.isNaN(error)
          ? String.format(Locale.ROOT, "%s %+.4f, of one date (%s)", metric, ahead, baseline)
          : String.format(Locale.ROOT, "%s %+.4f ± %.4f (%s)", metric, ahead, error, baseline);
    }
  }

  public record Plot(String id, String title, List<Metrics.Bin> bins) {}

  /**
   * A figure that must not be below, or not above, its limit.
   *
   * @param number of the bar it belongs to, 1 to 13
   */
  public record Bar(int number, String says, double figure, Bound bound, double limit) {
    /** Which side of the limit is good. */
    public enum Bound {
      AT_LEAST,
      AT_MOST
    }

    /** Differences beyond the ninth digit are rounding. */
    private static final double NOISE = 1e-9;

    @JsonProperty
    public boolean holds() {
      return switch (bound) {
        case AT_LEAST -> figure >= limit - NOISE;
        case AT_MOST -> figure <= limit + NOISE;
      };
    }
  }

  /**
   * A bar, or a part of one, that is not decided by a figure of the data.
   *
   * @param figure what was measured here, if anything
   * @param unit of figure and limit
   * @param limit what it is to keep to, if there is such a number
   * @param command what proves or measures it
   */
  public record Other(
      int number,
      String says,
      Verdict verdict,
      Optional<Double> figure,
      String unit,
      Optional<Double> limit,
      String command) {
    /** Why it does not decide. */
    public enum Verdict {
      OF_THIS_MACHINE("measured on this machine"),
      BY_ITS_OWN_COMMAND("by its own command"),
      NOT_MEASURED("not measured");

      private final String words;

      Verdict(String words) {
        this.words = words;
      }

      String words() {
        return words;
      }
    }

    /** A time or a size, good for comparing runs of one machine. */
    public static Other measured(
        int number, String says, double figure, String unit, double limit, String command) {
      return new Other(
          number,
          says,
          Verdict.OF_THIS_MACHINE,
          Optional.of(figure),
          unit,
          Optional.of(limit),
          command);
    }

    /** Something without a figure here. */
    public static Other without(int number, String says, Verdict verdict, String command) {
      return new Other(number, says, verdict, Optional.empty(), "", Optional.empty(), command);
    }
  }

  /** Means over the dates of a protocol, model by model, in the order they are first seen. */
  static final class Means {
    private final Map<String, Map<String, List<Double>>> seen = new LinkedHashMap<>();

    void add(String model, String metric, double figure) {
      seen.computeIfAbsent(model, _ -> new LinkedHashMap<>())
          .computeIfAbsent(metric, _ -> new ArrayList<>())
          .add(figure);
    }

    List<Row> rows(List<String> ours) {
      var rows = new ArrayList<Row>();
      seen.forEach(
          (model, figures) -> {
            var means = new LinkedHashMap<String, Double>();
            figures.forEach((metric, each) -> means.put(metric, mean(each)));
            rows.add(new Row(model, ours.contains(model), means));
          });
      return rows;
    }

    /**
     * Ours against the best baseline of a metric, date by date: what the means differ by, and the
     * standard error of that. Less than two of those is no difference that these dates can show.
     */
    Pair pair(String ours, String metric) {
      var best =
          seen.keySet().stream()
              .filter(it -> !it.equals(ours) && !each(it, metric).isEmpty())
              .max(Comparator.comparingDouble(it -> mean(each(it, metric))))
              .orElseThrow();
      var here = each(ours, metric);
      var there = each(best, metric);
      var differences = new ArrayList<Double>();
      for (var i = 0; i < here.size(); i++) differences.add(here.get(i) - there.get(i));
      var mean = mean(differences);
      var squares = 0.0;
      for (var it : differences) squares += (it - mean) * (it - mean);
      var error = StrictMath.sqrt(squares / (here.size() - 1) / here.size());
      return new Pair(metric, best, mean, error);
    }

    private List<Double> each(String model, String metric) {
      return seen.getOrDefault(model, Map.of()).getOrDefault(metric, List.of());
    }

    private static double mean(List<Double> figures) {
      var sum = 0.0;
      for (var figure : figures) sum += figure;
      return sum / figures.size();
    }
  }

  /** The table of this id, which is there. */
  public Table table(String id) {
    return tables.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }
}
