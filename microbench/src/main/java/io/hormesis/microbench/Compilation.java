package io.hormesis.microbench;

import java.util.List;

/**
 * How the JVM compiles what is measured.
 *
 * @param name for people
 * @param flags of its command line
 */
record Compilation(String name, List<String> flags) {
  Compilation {
    flags = List.copyOf(flags);
  }

  /** As on servers, and as the JDK does by itself. */
  static List<Compilation> both(List<String> serverFlags) {
    return List.of(
        new Compilation("as on servers: " + String.join(" ", serverFlags), serverFlags),
        new Compilation("as the JDK does by itself", List.of()));
  }
}
