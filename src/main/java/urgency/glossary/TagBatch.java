package urgency.glossary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import urgency.judging.Question;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Reading;
import urgency.judging.Verdicts.Receipt;

/**
 * One question about hashtags: up to thirty-eight and two of which the answer is known, in an order
 * drawn from a seed.
 *
 * @param departments of the shop, of which a reading may name some
 */
record TagBatch(
    UUID id,
    UUID run,
    long seed,
    LocalDate today,
    String codeWord,
    List<String> departments,
    List<Entry> entries)
    implements Question {
  static final int TAGS_MAX = 38;

  private static final int CODE_LETTERS = 10;
  private static final int LETTERS = 26;
  private static final List<String> SELLING = List.of("pressonnails", "airfryerliners", "yogamat");
  private static final List<String> NOTHING = List.of("electionresults", "traffic", "mondaymood");

  TagBatch {
    departments = List.copyOf(departments);
    entries = List.copyOf(entries);
  }

  /** What stands under one ref. */
  record Entry(String ref, String tag, boolean canary) {}

  static TagBatch of(
      UUID id, UUID run, List<String> tags, List<String> departments, LocalDate today, long seed) {
    if (tags.isEmpty() || tags.size() > TAGS_MAX) {
      throw new IllegalArgumentException(tags.size() + " tags");
    }
    var random = new Random(seed);
    var code = new StringBuilder();
    for (var i = 0; i < CODE_LETTERS; i++) code.append((char) ('A' + random.nextInt(LETTERS)));
    var all = new ArrayList<>(tags.stream().sorted().toList());
    var canaries = new ArrayList<String>();
    for (var known : List.of(SELLING, NOTHING)) {
      var it = known.get(random.nextInt(known.size()));
      if (!all.contains(it)) canaries.add(it);
    }
    all.addAll(canaries);
    Collections.shuffle(all, random);
    var entries = new ArrayList<Entry>(all.size());
    for (var it : all) {
      var ref = "h%02d".formatted(entries.size() + 1);
      entries.add(new Entry(ref, it, canaries.contains(it)));
    }
    return new TagBatch(id, run, seed, today, code.toString(), departments, entries);
  }

  Optional<String> tag(String ref) {
    return entries.stream().filter(it -> it.ref().equals(ref)).map(Entry::tag).findFirst();
  }

  /** What was said of the hashtags that were asked about. */
  Map<String, Reading> read(Verdicts.Told told) {
    return said(told, false);
  }

  /** Whether each known hashtag was read as it should be, by name. */
  Map<String, Boolean> canaries(Verdicts.Told told) {
    var hits = new HashMap<String, Boolean>();
    said(told, true).forEach((tag, it) -> hits.put(tag, it.sells() == SELLING.contains(tag)));
    return hits;
  }

  private Map<String, Reading> said(Verdicts.Told told, boolean canary) {
    var said = new HashMap<String, Reading>();
    for (var it : told.readings()) {
      for (var entry : entries) {
        if (entry.ref().equals(it.ref()) && entry.canary() == canary) said.put(entry.tag(), it);
      }
    }
    return said;
  }

  @Override
  public int items() {
    return entries.size();
  }

  @Override
  public List<?> contents() {
    return entries.stream().filter(it -> !it.canary()).map(Entry::tag).toList();
  }

  @Override
  public String prompt() {
    return TagRubric.version();
  }

  @Override
  public String form() {
    return TagRubric.FORM;
  }

  @Override
  public String task() {
    return TagRubric.task();
  }

  @Override
  public ObjectNode schema() {
    return TagRubric.schema();
  }

  @Override
  public String text() {
    return TagRubric.text(this);
  }

  @Override
  public TagBatch again(UUID other) {
    return new TagBatch(other, run, seed, today, codeWord, departments, entries);
  }

  @Override
  public Verdicts read(String text, Receipt receipt) {
    return TagRubric.read(text, TAGS_MAX + 2, receipt);
  }

  @Override
  public Verdicts checked(Verdicts verdicts) {
    return verdicts instanceof Verdicts.Told told ? TagRubric.checked(this, told) : verdicts;
  }
}
