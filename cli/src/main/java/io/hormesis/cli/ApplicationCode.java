package io.hormesis.cli;

import io.hormesis.server.ApplicationLoader;
import io.hormesis.simulation.UnderWay;
import java.util.List;
import java.util.Optional;

/** Finds code of an application in what is running. */
final class ApplicationCode {
  private ApplicationCode() {}

  /**
   * Which of its methods a world is in, as {@code town.Teller.on (Teller.java:31) in seed 7}; empty
   * while somebody who reads what it says is waited for.
   */
  static Optional<String> in(UnderWay world) {
    List<StackTraceElement> stack = world.stack();
    return stack.stream().anyMatch(it -> it.getClassName().equals("java.io.FileOutputStream"))
        ? Optional.empty()
        : in(stack).map(it -> it + " in " + world.name());
  }

  /** Which of its methods a stack is in, innermost call first. */
  static Optional<String> in(List<StackTraceElement> stack) {
    return stack.stream()
        .filter(it -> ApplicationLoader.NAME.equals(it.getClassLoaderName()))
        .findFirst()
        .map(it ->
            "%s.%s (%s:%d)"
                .formatted(
                    it.getClassName(), it.getMethodName(), it.getFileName(), it.getLineNumber()));
  }
}
