package urgency.judging.chain;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import urgency.judging.Dialect;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Judgements;
import urgency.judging.Verdicts;
import urgency.platform.sql.Database;

/** Puts a judge together as the settings have it. */
public final class Chain {
  private final Database database;
  private final JudgeSettings settings;
  private final Function<JudgeSettings.Provider, Dialect> dialects;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<UUID> ids;
  private final Patient.Pause pause;

  public Chain(
      Database database,
      JudgeSettings settings,
      Function<JudgeSettings.Provider, Dialect> dialects,
      InstantSource clock,
      RandomGenerator random,
      Supplier<UUID> ids) {
    this(database, settings, dialects, clock, random, ids, Thread::sleep);
  }

  Chain(
      Database database,
      JudgeSettings settings,
      Function<JudgeSettings.Provider, Dialect> dialects,
      InstantSource clock,
      RandomGenerator random,
      Supplier<UUID> ids,
      Patient.Pause pause) {
    this.database = database;
    this.settings = settings;
    this.dialects = dialects;
    this.clock = clock;
    this.random = random;
    this.ids = ids;
    this.pause = pause;
  }

  /** One that never answers where there is no model. */
  public Judge judge() {
    if (!settings.enabled()) return (_, _) -> new Verdicts.NoMoney("there is no judge");
    var breaker = new Breaker(clock);
    var prices = Prices.read(settings);
    for (var model : settings.models()) breaker.then(model.toString(), lane(model, prices));
    var first = settings.models().getFirst();
    return new Checked(new Cached(breaker, database, new Judgements(), first, clock));
  }

  private Judge lane(Model model, Prices prices) {
    var dialect = dialects.apply(model.provider());
    var wire = new Wire(dialect, model, settings.patience(), clock);
    var recorded = new Recorded(database, dialect, model, wire, clock);
    var budgeted =
        new Budgeted(
            recorded, database, new Ledger(), prices, dialect, model, settings.caps(), clock);
    return new Patient(budgeted, settings.patience(), model, clock, random, pause, ids);
  }
}
