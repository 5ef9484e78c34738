package io.hormesis.simulation;

import java.util.List;
import java.util.stream.Stream;

/** Where in an author's own code something failed. */
public final class Origin {
  private static final List<String> NOT_THE_AUTHORS =
      Stream.concat(
              Stream.of("java.", "jdk."),
              Stream.of("process", "engine", "replication", "edge", "server", "trial", "simulation")
                  .map("io.hormesis.%s."::formatted))
          .toList();

  private Origin() {}

  /** A failure in words, with the place in the author's code, or else in the platform's. */
  public static String of(Throwable failure) {
    List<StackTraceElement> stack = List.of(failure.getStackTrace());
    return stack.stream()
        .filter(it -> NOT_THE_AUTHORS.stream().noneMatch(it.getClassName()::startsWith))
        .findFirst()
        .or(() -> stack.stream().findFirst())
        .map(it -> "%s at %s:%d".formatted(failure, it.getFileName(), it.getLineNumber()))
        .orElseGet(failure::toString);
  }
}
