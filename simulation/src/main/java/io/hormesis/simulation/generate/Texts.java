package io.hormesis.simulation.generate;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws texts: words, names, numbers of some digits, ids, and every so often one that a careless
 * program stumbles over. Every text is well-formed Unicode.
 */
final class Texts {
  private static final int LONG = 300;
  private static final int MOST_DIGITS = 16;
  private static final List<String> WORDS =
      List.of(
          "ann", "bob", "book", "bridge", "harbour", "ida", "library", "market", "mill", "north",
          "ole", "paper", "river", "school", "station", "winter");
  private static final List<String> EDGES =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "null",
          "é",
          "Ødegård",
          "東京都",
          "مرحبا",
          "👩‍👧 family",
          "a/b?c=d&e=%41+f#g",
          "\"quoted\" \\ 'single'",
          "line\nbreak\tand tab",
          "'; drop table books; --",
          "../../etc",
          "e\u0301 ~ \u00e9");

  private Texts() {}

  static String draw(RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0 -> pick(EDGES, random);
      case 1 -> random.nextInt(4) == 0 ? pick(WORDS, random).repeat(LONG / 4) : letter(random);
      case 2, 3, 4 -> digits(random, random.nextInt(1, MOST_DIGITS + 1));
      case 5 -> capital(pick(WORDS, random)) + " " + capital(pick(WORDS, random));
      case 6 -> id(random);
      case 7 -> pick(WORDS, random) + "@" + pick(WORDS, random) + ".example";
      case 8 -> pick(WORDS, random) + "-" + random.nextInt(100);
      default -> pick(WORDS, random);
    };
  }

  static Character character(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> 'ø';
      case 1 -> '"';
      case 2 -> ' ';
      default -> letter(random).charAt(0);
    };
  }

  /** A name that nobody has drawn before. */
  static String fresh(RandomGenerator random) {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  static <T> T pick(List<? extends T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String id(RandomGenerator random) {
    return random.nextBoolean()
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : fresh(random);
  }

  private static String digits(RandomGenerator random, int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> Integer.toString(random.nextInt(10)))
        .collect(Collectors.joining());
  }

  private static String letter(RandomGenerator random) {
    return Character.toString('a' + random.nextInt(26));
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
