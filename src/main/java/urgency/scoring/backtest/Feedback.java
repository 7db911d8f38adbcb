package urgency.scoring.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a network took up news items: counts so far, every 20 minutes for 48 hours, by item. */
final class Feedback {
  static final int SLICES = 144;
  static final int SLICES_AN_HOUR = 3;

  private static final String ID = "IDLink";
  private static final int UNSEEN = -1;

  /** An item's counts; -1 where it was not yet seen. */
  static final class Item {
    private final long id;
    private final int[] counts;

    Item(long id, int[] counts) {
      this.id = id;
      this.counts = counts;
    }

    long id() {
      return id;
    }

    int[] counts() {
      return counts;
    }
  }

  private final List<Item> items;
  private final int falls;

  private Feedback(List<Item> items, int falls) {
    this.items = items;
    this.falls = falls;
  }

  static boolean reads(CsvFile file) {
    return file.has(List.of(ID, "TS1", "TS" + SLICES));
  }

  /**
   * Items come in the order of their ids, which is the order they were first seen in. A count that
   * falls counts as no gain; an item whose last count is -1 was not counted to the end.
   */
  static Feedback read(CsvFile file) {
    var columns = new int[SLICES];
    for (var slice = 0; slice < SLICES; slice++) {
      columns[slice] = file.index("TS" + (slice + 1));
      if (columns[slice] < 0) {
        throw new MalformedData(
            file.path() + ", line 1",
            "column TS%d is missing".formatted(slice + 1),
            "keep the columns TS1 to TS" + SLICES);
      }
    }
    var items = new ArrayList<Item>();
    var falls = new int[1];
    file.rows(
        row -> {
          var counts = new int[SLICES];
          var highest = UNSEEN;
          for (var slice = 0; slice < SLICES; slice++) {
            var count = (int) Math.min(Integer.MAX_VALUE, row.count(columns[slice], UNSEEN));
            if (count < highest) falls[0]++;
            highest = Math.max(highest, count);
            counts[slice] = count == UNSEEN && slice == SLICES - 1 ? UNSEEN : highest;
          }
          items.add(new Item(row.count(ID, 0), counts));
        });
    items.sort(Comparator.comparingLong(Item::id));
    for (var i = 1; i < items.size(); i++) {
      if (items.get(i).id() == items.get(i - 1).id()) {
        throw new MalformedData(
            file.path() + ", column " + ID,
            "item %d is there twice".formatted(items.get(i).id()),
            "remove one of the rows");
      }
    }
    return new Feedback(List.copyOf(items), falls[0]);
  }

  /** How many counts were below the one before. */
  int falls() {
    return falls;
  }

  List<Item> items() {
    return items;
  }

  /** Items that had been seen by the end of a slice (from 1) and were still counted at the end. */
  List<Item> seenBy(int slice) {
    return items.stream()
        .filter(it -> it.counts()[slice - 1] >= 0 && it.counts()[SLICES - 1] >= 0)
        .toList();
  }
}
