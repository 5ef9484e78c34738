package io.hormesis.microbench;

import java.util.List;

/**
 * How the JVM compiles what is measured.
 *
 * @param name for people
 * @param flags of its command line
 */
record MeasuredJvm(String name, List<String> flags) {
  private static final String COMPILER = "-XX:TieredStopAtLevel=";

  MeasuredJvm {
    flags = List.copyOf(flags);
  }

  /**
   * As on servers, and by all compilers, as the JDK does by itself. The collector stays the same:
   * that of the JDK has threads of its own, and on a machine that is busy they, not the code, are
   * what one would measure.
   */
  static List<MeasuredJvm> both(List<String> serverFlags) {
    List<String> allCompilers =
        serverFlags.stream().filter(it -> !it.startsWith(COMPILER)).toList();
    return List.of(
        new MeasuredJvm("as on servers: " + String.join(" ", serverFlags), serverFlags),
        new MeasuredJvm("by all compilers: " + String.join(" ", allCompilers), allCompilers));
  }
}
