package io.hormesis.cli;

import io.hormesis.simulation.UnderWay;
import java.util.Optional;

/** Finds code of an application in what is running. */
final class ApplicationCode {
  /** Of the class loader that loads it, as stack traces know it. */
  static final String LOADER = "application";

  private ApplicationCode() {}

  /** Which of its methods a world is in, as {@code town.Teller.on (Teller.java:31) in seed 7}. */
  static Optional<String> in(UnderWay world) {
    return world.stack().stream()
        .filter(it -> LOADER.equals(it.getClassLoaderName()))
        .findFirst()
        .map(it ->
            "%s.%s (%s:%d) in %s"
                .formatted(
                    it.getClassName(),
                    it.getMethodName(),
                    it.getFileName(),
                    it.getLineNumber(),
                    world.name()));
  }
}
