package io.hormesis.process;

import java.util.regex.Pattern;

/** The rule for the names of applications, processes and owners. */
final class Names {
  private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private Names() {}

  static void check(String what, String name) {
    if (!RULE.matcher(name).matches()) {
      throw new DeclarationException(
          "name of %s must be 1 to 40 lower-case letters, digits and dashes, a letter first, but was \"%s\": choose another"
              .formatted(what, name));
    }
  }
}
