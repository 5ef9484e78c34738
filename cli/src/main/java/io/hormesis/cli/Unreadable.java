package io.hormesis.cli;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Text that this program was given in another encoding than its own. Java puts a replacement
 * character in the place of what it cannot read, so two names of files would become one; such text
 * is refused.
 */
final class Unreadable {
  private static final String REPLACEMENT = "\uFFFD";

  private Unreadable() {}

  /** What is to be told of the first such text; empty when there is none. */
  static Optional<String> among(
      List<String> arguments, Map<String, String> environment, String folder) {
    Optional<String> argument =
        arguments.stream()
            .filter(it -> it.contains(REPLACEMENT))
            .findFirst()
            .map(it -> "argument \"" + it + "\"");
    Optional<String> setting =
        environment.entrySet().stream()
            .filter(it -> it.getKey().startsWith(SettingSources.PREFIX))
            .filter(it -> it.getValue().contains(REPLACEMENT))
            .findFirst()
            .map(it -> "%s, \"%s\",".formatted(it.getKey(), it.getValue()));
    Optional<String> here =
        Optional.of(folder)
            .filter(it -> it.contains(REPLACEMENT))
            .map(it -> "current folder \"" + it + "\"");
    return argument.or(() -> setting).or(() -> here).map(Unreadable::refused);
  }

  private static String refused(String what) {
    String encoding = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    return "%s must be in the encoding %s, but has bytes that are not: rename it, or set LC_ALL to a locale of its encoding"
        .formatted(what, encoding);
  }
}
