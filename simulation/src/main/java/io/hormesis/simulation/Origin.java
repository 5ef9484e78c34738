package io.hormesis.simulation;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Where in an author's own code something failed. */
public final class Origin {
  private static final List<String> OTHERS = List.of("java.", "jdk.", "io.microraft.");

  private static final List<String> THE_PLATFORMS =
      Stream.of(
              "process",
              "injection",
              "storage",
              "engine",
              "replication",
              "edge",
              "server",
              "trial",
              "simulation")
          .map("io.hormesis.%s."::formatted)
          .toList();

  private Origin() {}

  /** A failure in words, with the place in the author's code, or else in the platform's. */
  public static String of(Throwable thrown) {
    Throwable cause = thrown.getCause();
    Throwable failure = thrown instanceof CompletionException && cause != null ? cause : thrown;
    List<StackTraceElement> stack =
        Stream.of(failure.getStackTrace()).filter(it -> !isOf(OTHERS, it)).toList();
    return stack.stream()
        .filter(it -> !isOf(THE_PLATFORMS, it))
        .findFirst()
        .or(() -> stack.stream().findFirst())
        .map(it -> "%s at %s:%d".formatted(failure, it.getFileName(), it.getLineNumber()))
        .orElseGet(failure::toString);
  }

  private static boolean isOf(List<String> packages, StackTraceElement frame) {
    return packages.stream().anyMatch(frame.getClassName()::startsWith);
  }
}
