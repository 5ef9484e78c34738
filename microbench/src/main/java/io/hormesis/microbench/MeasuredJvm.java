package io.hormesis.microbench;

import java.util.List;

/**
 * How the JVM compiles what is measured.
 *
 * @param name for people
 * @param flags of its command line
 */
record MeasuredJvm(String name, List<String> flags) {
  MeasuredJvm {
    flags = List.copyOf(flags);
  }

  /** As on servers, and as the JDK does by itself. */
  static List<MeasuredJvm> both(List<String> serverFlags) {
    return List.of(
        new MeasuredJvm("as on servers: " + String.join(" ", serverFlags), serverFlags),
        new MeasuredJvm("as the JDK does by itself", List.of()));
  }
}
