package urgency.judging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * One question: up to twenty-eight products and two canaries, in an order drawn from a seed, under
 * names that mean nothing. The same seed gives the same question, byte for byte.
 *
 * @param id of the call; a call that is made again has another
 * @param run the round of questions that it belongs to, for its cap
 * @param codeWord the line that the data stands between, which nobody could know beforehand
 */
public record Batch(
    UUID id, UUID run, long seed, LocalDate today, String codeWord, List<Entry> entries)
    implements Question {
  /** Products of one question; two canaries come on top. */
  public static final int SUBJECTS_MAX = 28;

  private static final int CODE_LETTERS = 10;
  private static final int LETTERS = 26;

  public Batch {
    entries = List.copyOf(entries);
  }

  /** What stands under one ref. */
  public record Entry(String ref, Subject subject, boolean canary) {}

  /**
   * A batch of these, in an order and with a code word that the seed draws.
   *
   * @param seed from a secure source, so that nobody can know the code word
   */
  public static Batch of(UUID id, UUID run, List<Subject> subjects, LocalDate today, long seed) {
    if (subjects.isEmpty() || subjects.size() > SUBJECTS_MAX) {
      throw new IllegalArgumentException(subjects.size() + " subjects");
    }
    // The generator of the Java specification: the same numbers on every machine.
    var random = new Random(seed);
    var code = new StringBuilder();
    for (var i = 0; i < CODE_LETTERS; i++) code.append((char) ('A' + random.nextInt(LETTERS)));
    var canaries = Canary.pair(seed).stream().map(Canary::subject).toList();
    var all = new ArrayList<>(subjects);
    all.sort(Comparator.comparing(Subject::toString));
    all.addAll(canaries);
    Collections.shuffle(all, random);
    var entries = new ArrayList<Entry>(all.size());
    for (var it : all) {
      var ref = "p%02d".formatted(entries.size() + 1);
      entries.add(new Entry(ref, it, canaries.contains(it) && !subjects.contains(it)));
    }
    return new Batch(id, run, seed, today, code.toString(), entries);
  }

  @Override
  public int items() {
    return entries.size();
  }

  @Override
  public List<?> contents() {
    return subjects();
  }

  @Override
  public String prompt() {
    return Rubric.version();
  }

  @Override
  public String form() {
    return Rubric.NAME;
  }

  @Override
  public String task() {
    return Rubric.task();
  }

  @Override
  public ObjectNode schema() {
    return Rubric.schema();
  }

  @Override
  public String text() {
    return Rubric.question(this);
  }

  @Override
  public Verdicts read(String text, Verdicts.Receipt receipt) {
    return Rubric.read(text, receipt);
  }

  @Override
  public Verdicts checked(Verdicts verdicts) {
    return verdicts instanceof Verdicts.Given given ? Rubric.checked(this, given) : verdicts;
  }

  @Override
  public Batch again(UUID other) {
    return new Batch(other, run, seed, today, codeWord, entries);
  }

  public Optional<Entry> entry(String ref) {
    return entries.stream().filter(it -> it.ref().equals(ref)).findFirst();
  }

  /** The products, without the canaries. */
  public List<Subject> subjects() {
    return entries.stream().filter(it -> !it.canary()).map(Entry::subject).toList();
  }

  /** The verdicts on the products. */
  public Map<Subject, Verdict> judged(Verdicts.Given given) {
    var judged = new LinkedHashMap<Subject, Verdict>();
    for (var claim : given.claims()) {
      entry(claim.ref())
          .filter(it -> !it.canary())
          .ifPresent(it -> judged.put(it.subject(), claim.verdict()));
    }
    return judged;
  }

  /** Whether each canary that was judged was judged as it should be, by name. */
  public Map<String, Boolean> canaries(Verdicts.Given given) {
    var hits = new HashMap<String, Boolean>();
    for (var claim : given.claims()) {
      var entry = entry(claim.ref());
      if (entry.isEmpty() || !entry.get().canary()) continue;
      for (var canary : Canary.pair(seed)) {
        if (canary.subject().equals(entry.get().subject())) {
          hits.put(canary.name(), canary.agrees(claim.verdict()));
        }
      }
    }
    return hits;
  }
}
