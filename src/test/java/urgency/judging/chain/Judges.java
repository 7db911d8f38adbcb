package urgency.judging.chain;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import urgency.glossary.Glossary;
import urgency.judging.Dialect;
import urgency.judging.FakeLlm;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings;
import urgency.judging.Judgements;
import urgency.judging.Judging;
import urgency.judging.Subject;
import urgency.judging.anthropic.MessageBatches;
import urgency.judging.anthropic.Messages;
import urgency.judging.openai.ChatCompletions;
import urgency.judging.openai.FileBatches;
import urgency.judging.openai.Responses;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;

/** Judges put together for tests, before a {@link FakeLlm}, with every seed known. */
public final class Judges {
  private Judges() {}

  /**
   * Settings for a fake model behind one of the wires; more settings as pairs of name and value.
   */
  public static JudgeSettings settings(
      FakeLlm fake, JudgeSettings.Provider provider, String... more) {
    var given = new HashMap<String, String>();
    var name = provider.name().toLowerCase(java.util.Locale.ROOT);
    given.put("URGENCY_JUDGE_PROVIDER", name);
    given.put("URGENCY_JUDGE_KEY", "test-key");
    given.put("URGENCY_JUDGE_BASE_URL", fake.address() + (name.equals("anthropic") ? "" : "/v1"));
    if (provider == JudgeSettings.Provider.COMPATIBLE) {
      given.put("URGENCY_JUDGE_MODEL", "fake-judge-1");
    }
    given.put("URGENCY_JUDGE_SHADOW", "false");
    // On a machine that stands still for seconds, a call that is tried again would be one too many.
    given.put("URGENCY_JUDGE_CONNECT_TIMEOUT", "30s");
    for (var i = 0; i < more.length; i += 2) given.put(more[i], more[i + 1]);
    var in = Settings.read(given, Optional.empty());
    var settings = JudgeSettings.read(in, java.time.Duration.ofHours(12));
    var mistakes = in.refuseWhatNobodyAskedFor();
    if (!mistakes.isEmpty()) throw new IllegalArgumentException(mistakes.toString());
    return settings;
  }

  public static Dialect dialect(JudgeSettings.Provider provider) {
    return switch (provider) {
      case OPENAI -> new Responses();
      case ANTHROPIC -> new Messages();
      case COMPATIBLE -> new ChatCompletions();
    };
  }

  /** The whole chain; it does not really wait between two tries. */
  public static Judge judge(Database database, JudgeSettings settings) {
    return judge(database, settings, InstantSource.system());
  }

  /** Same by another clock. */
  public static Judge judge(Database database, JudgeSettings settings, InstantSource clock) {
    return new Chain(
            database, settings, Judges::dialect, clock, new Random(1), UUID::randomUUID, _ -> {})
        .judge();
  }

  public static Judging judging(Database database, JudgeSettings settings, InstantSource clock) {
    var random = new Random(7);
    return new Judging(
        database,
        judge(database, settings, clock),
        settings,
        new Judgements(),
        clock,
        random::nextLong,
        UUID::randomUUID);
  }

  /** One that also sends ahead; a second one for the same database is another node. */
  public static Judging ahead(Database database, JudgeSettings settings, InstantSource clock) {
    var random = new Random(7);
    return new Judging(
        database,
        judge(database, settings, clock),
        settings,
        new Judgements(),
        clock,
        random::nextLong,
        UUID::randomUUID,
        parcels(database, settings, clock));
  }

  public static Judging.Ahead parcels(
      Database database, JudgeSettings settings, InstantSource clock) {
    return new Parcels(database, settings, Judges::dialect, Judges::bulk, clock, UUID::randomUUID);
  }

  static Optional<Bulk> bulk(JudgeSettings.Model model, Courier courier) {
    return switch (model.provider()) {
      case OPENAI -> Optional.of(new FileBatches(model, courier));
      case ANTHROPIC -> Optional.of(new MessageBatches(model, courier));
      case COMPATIBLE -> Optional.empty();
    };
  }

  /** The same before hashtags. */
  public static Glossary glossary(Database database, JudgeSettings settings, InstantSource clock) {
    return new Glossary(
        database,
        judge(database, settings, clock),
        new Judgements(),
        settings,
        clock,
        new Random(7)::nextLong,
        UUID::randomUUID);
  }

  /** A product about lamps that the fake model finds fitting, with a number to tell it apart. */
  public static Subject lamp(int number) {
    return new Subject(
        "Mushroom Lamp " + number, "home", "", List.of("lamp"), List.of("mushroomlamp"));
  }
}
