package io.hormesis.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One setting: what its values must be. */
enum Setting {
  REGIONS("a number from 1 to 9", "[1-9]"),
  SERVERS("a number of servers a region, from 1 to 9", "[1-9]"),
  PORT("a port from 0 (any that is free) to 65535", "[0-9]{1,5}"),
  DATA("a folder", ".+"),
  HEAP("a size in megabytes such as 96m, 32m at least", "(3[2-9]|[4-9][0-9]|[0-9]{3,5})m"),
  EVIDENCE_ELECTS("true or false", "true|false");

  private final String rule;
  private final String form;

  Setting(String rule, String form) {
    this.rule = rule;
    this.form = form;
  }

  /** Its name in a file, and, behind two hyphens, as an option. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(it -> it.key().equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  /**
   * Refuses a value that it cannot have.
   *
   * @param source where the value came from
   * @throws UsageException when it is malformed
   */
  void check(String value, String source) {
    if (!value.matches(form)) {
      throw new UsageException(
          "setting %s (%s) must be %s, but was \"%s\": change it there"
              .formatted(key(), source, rule, value));
    }
  }
}
