package io.hormesis.simulation.sweep;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A message to a process, and how each of its worker's asks ended.
 *
 * @param before messages about the same key that the process had taken before
 * @param asked in the order in which the worker asked
 */
public record Combination(String process, List<Record> before, Record message, List<Asked> asked) {
  private static final int SHOWN = 160;

  public Combination {
    before = List.copyOf(before);
    asked = List.copyOf(asked);
  }

  @Override
  public String toString() {
    return "%s %s%s: %s"
        .formatted(
            process,
            shown(message.toString()),
            before.isEmpty() ? "" : " after " + before.stream().map(Combination::name).toList(),
            asked.isEmpty()
                ? "nothing asked"
                : asked.stream().map(Asked::toString).collect(Collectors.joining(", ")));
  }

  private static String name(Record message) {
    return message.getClass().getSimpleName();
  }

  private static String shown(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
  }
}
