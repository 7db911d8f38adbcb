package urgency.judging;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import urgency.platform.settings.Settings;

/**
 * Which language models judge, for how much money and how long. Without a provider there are none,
 * and products are rated by statistics alone.
 *
 * @param models the first is asked; the second when the first has failed for a while
 * @param shadow whether judges never count, whatever was measured
 * @param influencePercent most that a judge can add to expected orders; it can take away as much
 * @param ordersBelow only products that expect fewer orders than this until the refresh are judged
 * @param lead how long before a refresh judges are asked
 * @param ahead how long before a refresh a batch of questions is sent; empty where none is
 * @param keep how long calls are kept to the byte
 */
public record JudgeSettings(
    List<Model> models,
    Caps caps,
    Patience patience,
    boolean shadow,
    int influencePercent,
    int ordersBelow,
    Duration lead,
    Optional<Duration> ahead,
    Duration keep,
    String priceFile) {
  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String ANTHROPIC = "https://api.anthropic.com";
  private static final String LOCAL = "http://127.0.0.1:11434/v1";
  private static final int KEY_FILE_MAX = 4096;
  private static final long MICROS_PER_CENT = 10_000;

  public JudgeSettings {
    models = List.copyOf(models);
  }

  /** Who is asked. */
  public enum Provider {
    OPENAI,
    ANTHROPIC,
    /** Anything that speaks chat completions, such as Ollama and vLLM on own hardware. */
    COMPATIBLE
  }

  /** How urgently: flex is half the price and may be slow or declined. */
  public enum Tier {
    STANDARD,
    FLEX,
    /** Half the price too; answered within a day, through the provider's batch interface. */
    BATCH
  }

  /**
   * One model.
   *
   * @param key of the provider; never printed
   * @param effort how much it may think; empty leaves it to the provider
   * @param price of a compatible model, which is in no price table
   */
  public record Model(
      Provider provider,
      String key,
      URI baseUrl,
      String name,
      String effort,
      Tier tier,
      int outputTokens,
      Price price) {
    /** The same one, asked at another pace. */
    public Model at(Tier other) {
      return new Model(provider, key, baseUrl, name, effort, other, outputTokens, price);
    }

    /** Without the key, so that it can be logged. */
    @Override
    public String toString() {
      return "%s %s at %s".formatted(provider, name, baseUrl);
    }
  }

  /** Cents per million tokens, in and out. */
  public record Price(int inCents, int outCents) {}

  /** Most money, in millionths of a US dollar. */
  public record Caps(long callMicros, long runMicros, long dayMicros, long monthMicros) {}

  /**
   * How long is waited, and how often is asked.
   *
   * @param total for one answer; of the flex tier six times as much
   * @param run for all calls of one run
   * @param retries after the first try
   * @param hedge whether a slow call is asked a second time, at the standard tier
   */
  public record Patience(
      Duration connect, Duration total, Duration run, int retries, boolean hedge) {}

  /** Whether anybody judges. */
  public boolean enabled() {
    return !models.isEmpty();
  }

  /** How long ago, at most, was asked what was asked for the shelf that is being decided. */
  public Duration askedWithin() {
    var twice = lead.multipliedBy(2);
    return ahead.filter(it -> it.compareTo(twice) > 0).orElse(twice);
  }

  /**
   * Reads the settings of judges.
   *
   * @param refresh how long a shelf stays: one that is shorter than the lead of a batch has none
   */
  public static JudgeSettings read(Settings in, Duration refresh) {
    var models = new ArrayList<Model>();
    model(in, "judge.", "asked").ifPresent(models::add);
    var second = model(in, "judge.second.", "asked while the first one fails");
    if (second.isPresent() && models.isEmpty()) {
      in.refuse("judge.second.provider is set, but judge.provider is not: set the first one too");
    }
    second.ifPresent(models::add);
    return new JudgeSettings(
        models,
        caps(in),
        patience(in),
        in.flag("judge.shadow", true, "Judges are asked and measured, and never count."),
        in.number(
            "judge.influence-percent",
            25,
            0,
            25,
            "Most that a judge can add to a product's expected orders."),
        in.number(
            "judge.orders-below",
            8,
            0,
            1_000_000,
            "Only products that expect fewer orders until the refresh are judged."),
        in.duration(
            "judge.lead",
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            Duration.ofHours(6),
            "How long before a refresh judges are asked; at most half of shelf.refresh."),
        ahead(in, models, refresh),
        in.duration(
            "judge.keep",
            Duration.ofDays(90),
            Duration.ofDays(1),
            Duration.ofDays(400),
            "How long the bytes of calls and their judgements are kept."),
        priceFile(in));
  }

  private static Optional<Duration> ahead(Settings in, List<Model> models, Duration refresh) {
    var wanted =
        in.flag(
            "judge.batch",
            false,
            "Ask hours ahead through the provider's batch interface, at half price.");
    var lead =
        in.duration(
            "judge.batch-lead",
            Duration.ofHours(6),
            Duration.ofHours(1),
            Duration.ofHours(24),
            "How long before a refresh the batch is sent; a shelf that stays shorter has none.");
    if (!wanted || models.isEmpty()) return Optional.empty();
    if (models.getFirst().provider() == Provider.COMPATIBLE) {
      in.refuse("judge.batch is for openai and anthropic: a model of your own has no batches");
    }
    return Optional.of(lead).filter(it -> it.compareTo(refresh) <= 0);
  }

  private static String priceFile(Settings in) {
    var file =
        in.text("judge.price-file", "", "Your own price table, in the form of docs/judges.md.");
    try {
      if (!file.isBlank() && !Files.isReadable(Path.of(file))) {
        in.refuse("judge.price-file: there is no such file, or it cannot be read");
      }
    } catch (java.nio.file.InvalidPathException malformed) {
      in.refuse("judge.price-file: this is not the name of a file");
    }
    return file;
  }

  private static Optional<Model> model(Settings in, String prefix, String when) {
    var provider =
        in.choice(
            prefix + "provider",
            "none",
            List.of("none", "openai", "anthropic", "compatible"),
            "Whose language model is " + when + ".");
    var key = key(in, prefix);
    var address =
        in.text(prefix + "base-url", "", "Where it is reached, unless at the provider's own.");
    var name = in.text(prefix + "model", "", "Its name there; empty for the provider's cheapest.");
    var effort =
        in.choice(
            prefix + "effort",
            "none",
            List.of("none", "minimal", "low", "medium", "high", "default"),
            "How much it may think before it answers; thinking is paid for.");
    var tier =
        in.choice(
            prefix + "tier",
            "flex",
            List.of("standard", "flex"),
            "OpenAI's flex tier costs half and may be slow; elsewhere it is always standard.");
    var tokens =
        in.number(
            prefix + "output-tokens",
            4_000,
            500,
            32_000,
            "Most tokens of one answer, paid or not.");
    var price =
        new Price(
            in.number(
                prefix + "price-in-cents",
                0,
                0,
                100_000,
                "US cents per million tokens read, of a compatible model."),
            in.number(prefix + "price-out-cents", 0, 0, 1_000_000, "Same for tokens written."));
    if (provider.equals("none")) return Optional.empty();
    var kind = Provider.valueOf(provider.toUpperCase(java.util.Locale.ROOT));
    if (key.isEmpty() && kind != Provider.COMPATIBLE) {
      in.refuse("%skey or %skey-file is missing: %s wants one".formatted(prefix, prefix, provider));
    }
    if (name.isEmpty() && kind == Provider.COMPATIBLE) {
      in.refuse(prefix + "model is missing: name a model that your server has, such as qwen3:4b");
    }
    return Optional.of(
        new Model(
            kind,
            key,
            baseUrl(in, prefix, kind, address, !key.isEmpty()),
            name.isEmpty() ? cheapest(kind) : name,
            effort,
            kind == Provider.OPENAI && tier.equals("flex") ? Tier.FLEX : Tier.STANDARD,
            tokens,
            price));
  }

  private static String key(Settings in, String prefix) {
    var given = in.secret(prefix + "key", "The provider's key.");
    var file = in.text(prefix + "key-file", "", "A file with the key alone, instead of the key.");
    if (!given.isEmpty() || file.isBlank()) return given;
    try (var bytes = Files.newInputStream(Path.of(file))) {
      var text =
          new String(bytes.readNBytes(KEY_FILE_MAX), java.nio.charset.StandardCharsets.UTF_8);
      if (!text.strip().matches("\\S+")) {
        in.refuse(prefix + "key-file: the file must hold the key and nothing else");
      }
      return text.strip();
    } catch (IOException | java.nio.file.InvalidPathException unreadable) {
      in.refuse(prefix + "key-file: cannot be read: " + unreadable.getClass().getSimpleName());
      return "";
    }
  }

  // A key must not travel in the clear, except to this very machine.
  private static URI baseUrl(
      Settings in, String prefix, Provider kind, String address, boolean keyed) {
    var text = address.isBlank() ? own(kind) : address.strip().replaceAll("/+$", "");
    try {
      var uri = new URI(text);
      var secure = "https".equals(uri.getScheme());
      if (uri.getHost() == null || !(secure || "http".equals(uri.getScheme()))) {
        in.refuse(prefix + "base-url: '" + text + "' is not an http or https address");
      } else if (keyed && !secure && !isHere(uri.getHost())) {
        in.refuse(prefix + "base-url must begin with https://, because a key is sent there");
      }
      return uri;
    } catch (java.net.URISyntaxException malformed) {
      in.refuse(prefix + "base-url: '" + text + "' is not an address");
      return URI.create(own(kind));
    }
  }

  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  private static String own(Provider kind) {
    return switch (kind) {
      case OPENAI -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case COMPATIBLE -> LOCAL;
    };
  }

  private static String cheapest(Provider kind) {
    return switch (kind) {
      case OPENAI -> "gpt-6-luna";
      case ANTHROPIC -> "claude-haiku-5-5";
      case COMPATIBLE -> "";
    };
  }

  private static Caps caps(Settings in) {
    return new Caps(
        cents(in, "judge.cap.call-cents", 1, "one call"),
        cents(in, "judge.cap.run-cents", 4, "all calls before one refresh"),
        cents(in, "judge.cap.day-cents", 10, "a UTC day"),
        cents(in, "judge.cap.month-cents", 200, "a UTC month"));
  }

  private static long cents(Settings in, String key, int byDefault, String of) {
    return MICROS_PER_CENT
        * in.number(key, byDefault, 0, 1_000_000, "Most US cents that %s may cost.".formatted(of));
  }

  private static Patience patience(Settings in) {
    return new Patience(
        in.duration(
            "judge.connect-timeout",
            Duration.ofSeconds(2),
            Duration.ofMillis(10),
            Duration.ofMinutes(1),
            "Longest wait for a connection."),
        in.duration(
            "judge.timeout",
            Duration.ofSeconds(20),
            Duration.ofMillis(50),
            Duration.ofMinutes(5),
            "Longest wait for a whole answer; six times as long at the flex tier."),
        in.duration(
            "judge.run-deadline",
            Duration.ofSeconds(90),
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            "Longest time for all calls of one run."),
        in.number("judge.retries", 2, 0, 5, "How often a call that failed is tried again."),
        in.flag("judge.hedge", true, "Ask a second time when an answer is slower than usual."));
  }
}
