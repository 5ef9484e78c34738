package io.hormesis.examples.egovernment;

import java.util.regex.Pattern;

/** What the fields of a form may hold, checked by every record that has such a field. */
final class FormRules {
  static final int FIRST_YEAR = 1900;
  static final int LAST_YEAR = 2100;
  static final long HIGHEST_INCOME = 1_000_000_000_000L;

  private static final Pattern CITIZEN = Pattern.compile("[0-9]{11}");
  private static final int SHOWN = 40;

  private FormRules() {}

  static void citizen(String citizen) {
    if (!CITIZEN.matcher(citizen).matches()) {
      throw new IllegalArgumentException(
          "citizen must be 11 digits, but was \"%s\": give a number such as 01017012345"
              .formatted(shown(citizen)));
    }
  }

  static void year(int year) {
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw new IllegalArgumentException(
          "year must be %d to %d, but was %d: give the year of the income"
              .formatted(FIRST_YEAR, LAST_YEAR, year));
    }
  }

  static void income(long income) {
    if (income < 0 || income > HIGHEST_INCOME) {
      throw new IllegalArgumentException(
          "income must be 0 to %d, but was %d: give the income of the year, rounded to a whole number"
              .formatted(HIGHEST_INCOME, income));
    }
  }

  static void receipt(String receipt) {
    if (receipt.isBlank()) {
      throw new IllegalArgumentException(
          "receipt must not be blank, but was \"%s\": take the one of the tax desk"
              .formatted(receipt));
    }
  }

  private static String shown(String value) {
    String printable = value.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
  }
}
