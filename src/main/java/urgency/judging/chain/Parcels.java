package urgency.judging.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.judging.Batch;
import urgency.judging.Dialect;
import urgency.judging.JudgeSettings;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.JudgeSettings.Tier;
import urgency.judging.Judgements;
import urgency.judging.Judging;
import urgency.judging.Rubric;
import urgency.judging.Verdicts;
import urgency.judging.chain.ParcelBook.Asked;
import urgency.judging.chain.ParcelBook.Parcel;
import urgency.judging.chain.ParcelBook.State;
import urgency.platform.sql.Database;

/**
 * Questions that travel together through a provider's batch interface. What is sent was reserved
 * and written down before, and what comes back is read, checked, settled and remembered as if it
 * had been asked alone.
 *
 * <p>A parcel is handed over at most once: where nobody knows whether it arrived, it is looked for
 * at the provider and never sent again. One node at a time does this, see {@code scoring}.
 */
public final class Parcels implements Judging.Ahead {
  private static final Logger LOG = Logger.getLogger(Parcels.class);
  private static final int QUESTIONS_MAX = 100;
  private static final int TRIES_MAX = 5;
  private static final Set<Integer> TOO_BUSY = Set.of(503, 529);

  /** Providers answer within a day; after that, nothing more is expected. */
  private static final Duration OPEN_MAX = Duration.ofHours(26);

  private final Database database;
  private final JudgeSettings settings;
  private final Judgements judgements = new Judgements();
  private final ParcelBook book = new ParcelBook();
  private final Ledger ledger = new Ledger();
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Optional<Post> post;

  /** The model that is asked, and all it takes to ask it so. */
  private record Post(Model model, Dialect dialect, Bulk bulk, Prices prices) {
    Optional<Prices.Rate> rate(Instant at) {
      return prices.of(model, LocalDate.ofInstant(at, ZoneOffset.UTC));
    }
  }

  /**
   * @param bulks the batch interface of a model; none where there is none
   */
  public Parcels(
      Database database,
      JudgeSettings settings,
      Function<JudgeSettings.Provider, Dialect> dialects,
      BiFunction<Model, Courier, Optional<Bulk>> bulks,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
    this.post =
        settings.models().stream()
            .findFirst()
            .flatMap(
                first -> {
                  var model = first.at(Tier.BATCH);
                  var dialect = dialects.apply(model.provider());
                  var courier = new Courier(model, dialect.headers(model), settings.patience());
                  return bulks
                      .apply(model, courier)
                      .map(it -> new Post(model, dialect, it, Prices.read(settings)));
                });
  }

  @Override
  public int send(List<Batch> questions, Instant refresh) {
    if (post.isEmpty() || questions.isEmpty()) return 0;
    var now = clock.instant();
    var rate = post.get().rate(now);
    if (rate.isEmpty()) {
      LOG.warnf("no batch is sent: no price is known for %s", post.get().model().name());
      return 0;
    }
    var parcel = ids.get();
    var taken =
        database.write(tx -> make(tx, parcel, questions, refresh, post.get(), rate.get(), now));
    if (taken > 0) look(post.get());
    return taken;
  }

  @Override
  public void look() {
    post.ifPresent(this::look);
  }

  private void look(Post by) {
    for (var it : database.read(book::open)) {
      var now = clock.instant();
      if (!now.isBefore(it.madeAt().plus(OPEN_MAX))) {
        giveUp(it);
      } else if (it.isFor(by.model())) {
        switch (it.state()) {
          case MADE -> handOver(it, by, now);
          case SENDING -> seek(it, by);
          case SENT -> follow(it, by);
          case DONE, FAILED -> throw new IllegalStateException("%s is over".formatted(it));
        }
      }
    }
  }

  // As much as can be paid for, most wanted first, with its money: all of it or nothing.
  private int make(
      Handle tx,
      UUID parcel,
      List<Batch> questions,
      Instant refresh,
      Post by,
      Prices.Rate rate,
      Instant now) {
    if (!book.make(tx, parcel, by.model(), refresh, now)) return 0;
    var taken = 0;
    for (var it : questions.subList(0, Math.min(questions.size(), QUESTIONS_MAX))) {
      var bytes = by.dialect().write(it, by.model());
      var most = Budgeted.most(rate, bytes.length, by.model());
      var money = ledger.reserve(tx, it.id(), it.run(), most, rate.version(), settings.caps(), now);
      if (money instanceof Ledger.Reservation.OverCap cap) {
        LOG.infof("a batch takes %d of %d questions: %s", taken, questions.size(), cap.cap());
        break;
      }
      Recorded.add(tx, it, by.model(), bytes, now);
      book.add(tx, parcel, it);
      taken++;
    }
    if (taken == 0) book.move(tx, parcel, List.of(State.MADE), State.FAILED, "", "no money");
    return taken;
  }

  // After it was denied, it is looked for first: an error can hide that it was taken after all.
  private void handOver(Parcel it, Post by, Instant now) {
    var sought = it.tries() > 0 ? seek(it, by) : new Bulk.Sought.Absent();
    if (sought instanceof Bulk.Sought.Found) return;
    if (it.tries() == TRIES_MAX || !now.isBefore(it.refreshAt().minus(settings.lead()))) {
      release(it, State.MADE, "was not taken in time");
      return;
    }
    if (sought instanceof Bulk.Sought.Unheard) return;
    if (!database.write(tx -> book.claim(tx, it.id(), now))) return;
    var questions = database.read(tx -> book.questions(tx, it.id())).values();
    var items = new ArrayList<Bulk.Item>();
    for (var asked : questions) items.add(new Bulk.Item(asked.question().id(), asked.request()));
    switch (by.bulk().submit(it.id(), items)) {
      case Bulk.Sent.Taken taken -> arrived(it, taken.remote());
      case Bulk.Sent.Denied(var status) -> {
        var note = status == 0 ? "nobody was reached" : "status " + status;
        LOG.warnf("a batch of questions was not taken: %s", note);
        if (status >= 500 && !TOO_BUSY.contains(status)) {
          // It stays as it is: an error of the provider's own can hide that it was taken.
          return;
        }
        if (status == 0 || Patient.mayYetSucceed(status)) {
          var from = List.of(State.SENDING);
          database.change(tx -> book.move(tx, it.id(), from, State.MADE, "", note));
        } else {
          release(it, State.SENDING, note);
        }
      }
      case Bulk.Sent.Unclear(var what) -> LOG.warnf("a batch may have been taken: %s", what);
    }
  }

  private Bulk.Sought seek(Parcel it, Post by) {
    var questions = database.read(tx -> book.questions(tx, it.id())).size();
    var sentAt = it.sendingAt().orElse(it.madeAt());
    var found = by.bulk().seek(it.id(), questions, sentAt);
    if (found instanceof Bulk.Sought.Found(var remote)) arrived(it, remote);
    return found;
  }

  private void arrived(Parcel it, String remote) {
    var from = List.of(State.MADE, State.SENDING);
    database.change(tx -> book.move(tx, it.id(), from, State.SENT, remote, ""));
    LOG.infof("a batch of questions is with the provider as %s", remote);
  }

  private void follow(Parcel it, Post by) {
    switch (by.bulk().look(it.remote())) {
      case Bulk.Seen.Working _ -> {
        // The next look comes soon, and a shelf does not wait.
      }
      case Bulk.Seen.Unheard(var what) -> LOG.warnf("batch %s: %s", it.remote(), what);
      case Bulk.Seen.Failed(var what) -> release(it, State.SENT, what);
      case Bulk.Seen.Ended(var results) -> {
        switch (by.bulk().fetch(results)) {
          case Bulk.Brought.Unheard(var what) -> LOG.warnf("batch %s: %s", it.remote(), what);
          case Bulk.Brought.Lines lines -> takeIn(it, lines, by);
        }
      }
    }
  }

  // Of two lines of one name the first counts. Each answer is a transaction of its own: whoever
  // comes back after a crash finds those taken in that were, and the others open.
  private void takeIn(Parcel it, Bulk.Brought.Lines brought, Post by) {
    var open = database.read(tx -> book.questions(tx, it.id()));
    var strange = brought.unreadable();
    var answered = 0;
    for (var line : brought.lines()) {
      var asked = open.remove(call(line.name()));
      if (asked == null) {
        strange++;
        continue;
      }
      database.change(tx -> takeIn(tx, asked, line, by, clock.instant()));
      if (line instanceof Bulk.Line.Answered) answered++;
    }
    var note = "%d answered, %d strange lines".formatted(answered, strange);
    LOG.infof("batch %s: %s, %d without a line", it.remote(), note, open.size());
    database.change(
        tx -> {
          if (!book.move(tx, it.id(), List.of(State.SENT), State.DONE, "", note)) return;
          unheard(tx, open, "not among the answers");
        });
  }

  private void takeIn(Handle tx, Asked asked, Bulk.Line line, Post by, Instant now) {
    var question = asked.question();
    switch (line) {
      case Bulk.Line.Unanswered it -> deny(tx, asked, it.status(), it.why());
      case Bulk.Line.Answered(_, var body) -> {
        var verdicts = read(asked, body, by);
        var reply = new Wire.Reply(Courier.Answer.Heard.OK, body, verdicts);
        if (!complete(tx, asked, reply, Recorded.note(verdicts))) return;
        by.rate(asked.at())
            .ifPresent(
                rate ->
                    Budgeted.cost(verdicts, rate)
                        .ifPresent(cost -> ledger.settle(tx, question.id(), cost)));
        if (question.checked(verdicts) instanceof Verdicts.Given given) {
          var judged = question.judged(given);
          judgements.add(tx, by.model(), judged, given.receipt(), now);
          judgements.heard(tx, by.model(), question, given, now);
        }
      }
    }
  }

  // A release in between may ask in other words; then the answer is to another question.
  private static Verdicts read(Asked asked, byte[] body, Post by) {
    var verdicts = by.dialect().read(body, asked.question().id(), asked.question());
    var same = Rubric.digest(by.dialect().write(asked.question(), by.model()));
    if (body.length > Wire.BODY_MAX) return new Verdicts.Broken("too long");
    if (same.equals(asked.digest())) return verdicts;
    return Recorded.receipt(verdicts)
        .<Verdicts>map(it -> new Verdicts.Garbled("was asked in other words", it))
        .orElse(verdicts);
  }

  // Nothing was answered, and nothing is charged.
  private void release(Parcel it, State from, String note) {
    LOG.warnf("a batch of questions came to nothing: %s", note);
    database.change(
        tx -> {
          if (!book.move(tx, it.id(), List.of(from), State.FAILED, "", note)) return;
          for (var asked : book.questions(tx, it.id()).values()) deny(tx, asked, 0, note);
        });
  }

  // What was handed over may have been charged: its reservations stand.
  private void giveUp(Parcel it) {
    var note = "nothing was heard for %d h".formatted(OPEN_MAX.toHours());
    if (it.state() == State.MADE) {
      release(it, State.MADE, note);
      return;
    }
    LOG.warnf("a batch of questions is lost: %s", note);
    database.change(
        tx -> {
          if (!book.move(tx, it.id(), List.of(it.state()), State.FAILED, "", note)) return;
          unheard(tx, book.questions(tx, it.id()), note);
        });
  }

  private void deny(Handle tx, Asked asked, int status, String why) {
    var failed = new Verdicts.Failed(status, Optional.empty());
    if (complete(tx, asked, new Wire.Reply(status, new byte[0], failed), why)) {
      ledger.settle(tx, asked.question().id(), 0);
    }
  }

  private void unheard(Handle tx, Map<UUID, Asked> questions, String note) {
    for (var it : questions.values()) {
      complete(tx, it, Wire.Reply.none(new Verdicts.Broken(note)), note);
    }
  }

  private boolean complete(Handle tx, Asked asked, Wire.Reply reply, String note) {
    var took = Duration.between(asked.at(), clock.instant());
    return Recorded.complete(tx, asked.question().id(), reply, note, took) == 1;
  }

  private static UUID call(String name) {
    try {
      return UUID.fromString(name);
    } catch (IllegalArgumentException strange) {
      return new UUID(0, 0);
    }
  }
}
