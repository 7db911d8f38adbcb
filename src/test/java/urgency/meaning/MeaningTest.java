package urgency.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeaningTest {
  @Test
  void a_hashtag_is_read_as_the_words_it_is_made_of() {
    assertThat(Words.ofHashtag("desklamp")).containsExactly("desk", "lamp");
    assertThat(Words.ofHashtag("#MushroomDecor")).containsExactly("mushroom", "decor");
    assertThat(Words.ofHashtag("smoothiebowl")).containsExactly("smoothie", "bowl");
    assertThat(Words.ofHashtag("homeworkout")).containsExactly("home", "workout");
    assertThat(Words.ofHashtag("dogtok")).containsExactly("dog");
    assertThat(Words.ofHashtag("catsoftiktok")).containsExactly("cats");
  }

  @Test
  void slang_is_read_in_plain_words_and_only_as_a_whole() {
    assertThat(Words.ofHashtag("#StanleyCup")).containsExactly("insulated", "tumbler");
    assertThat(Words.ofHashtag("stanleycupholder")).doesNotContain("tumbler");
    assertThat(Meaning.ofHashtag("airpods").near(Meaning.ofText("Wireless Earbuds")))
        .isGreaterThan(0.7);
  }

  @Test
  void the_table_of_slang_has_each_tag_once_in_order_and_something_plain_for_it()
      throws IOException {
    var lines =
        Files.readAllLines(Path.of("src/main/resources/meaning/slang.txt")).stream()
            .filter(it -> !it.startsWith("#"))
            .toList();
    var tags = lines.stream().map(it -> it.substring(0, it.indexOf('|'))).toList();

    assertThat(lines).hasSizeGreaterThan(500).allMatch(it -> it.matches("[a-z0-9]+\\|[a-z0-9 -]+"));
    assertThat(tags).isSorted().doesNotHaveDuplicates();
    for (var tag : tags) assertThat(Meaning.ofHashtag(tag).known()).as(tag).isTrue();
  }

  @Test
  void what_says_nothing_is_kept_when_there_is_nothing_else() {
    assertThat(Words.ofHashtag("fyp")).isNotEmpty();
    assertThat(Words.ofHashtag("")).isEmpty();
  }

  @Test
  void what_belongs_together_is_nearer_than_what_does_not() {
    var lamp = Meaning.ofText("Sunset Mushroom Lamp");
    var kettlebell = Meaning.ofText("Flow Kettlebell 8 kg");

    assertThat(Meaning.ofHashtag("bedsidelamp").near(lamp))
        .isGreaterThan(Meaning.ofHashtag("bedsidelamp").near(kettlebell));
    assertThat(Meaning.ofHashtag("weightlifting").near(kettlebell))
        .isGreaterThan(Meaning.ofHashtag("weightlifting").near(lamp));
    assertThat(Meaning.ofHashtag("kettle bell").near(kettlebell)).isPositive();
  }

  @Test
  void a_compound_is_what_its_last_word_says() {
    var tag = Meaning.ofHashtag("gamingchair");

    assertThat(tag.near(Meaning.ofText("Chairs"))).isGreaterThan(tag.near(Meaning.ofText("Games")));
  }

  @Test
  void what_some_write_apart_is_near_what_others_write_together() {
    var together = Meaning.ofText("watercolour");

    assertThat(Meaning.ofText("water colour").near(together))
        .isGreaterThan(Meaning.ofText("hair colour").near(together));
  }

  @Test
  void nearness_is_the_same_both_ways_and_a_text_is_nearest_to_itself() {
    var lamp = Meaning.ofText("bedside lamp");
    var mug = Meaning.ofText("coffee mug");

    assertThat(lamp.near(mug)).isEqualTo(mug.near(lamp));
    assertThat(lamp.near(lamp)).isBetween(0.99, 1.01);
    assertThat(lamp.near(mug, 0.9)).isZero();
    assertThat(lamp.near(lamp, 0.9)).isEqualTo(lamp.near(lamp));
  }

  @Test
  void the_bits_are_the_same_on_every_machine() {
    var sum = 0.0;
    for (var word : new String[] {"lamp", "coffee", "skincare", "headphones", "yoga mat"}) {
      sum += Meaning.ofText(word).near(Meaning.ofText("home kitchen beauty tech"));
    }

    assertThat(Double.doubleToLongBits(sum)).isEqualTo(4601935462216609980L);
  }

  @Test
  void no_text_is_too_strange() {
    var random = new Random(7);
    var lamp = Meaning.ofText("lamp");
    for (var i = 0; i < 5_000; i++) {
      var length = random.nextInt(300);
      var text = new StringBuilder();
      for (var k = 0; k < length; k++) {
        text.appendCodePoint(
            random.nextInt(4) == 0 ? random.nextInt(0xd7ff) : 'a' + random.nextInt(26));
      }

      assertThat(Meaning.ofHashtag(text.toString()).near(lamp)).isBetween(-0.7, 1.01);
      assertThat(Meaning.ofText(text.toString()).near(lamp)).isBetween(-0.7, 1.01);
    }
  }
}
