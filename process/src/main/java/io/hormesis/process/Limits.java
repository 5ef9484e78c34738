package io.hormesis.process;

/** The check of a number against its limits. */
final class Limits {
  private Limits() {}

  static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new DeclarationException(
          "%s must be %d to %d, but was %d: choose another number"
              .formatted(what, least, most, value));
    }
  }
}
