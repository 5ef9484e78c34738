package io.hormesis.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The log of this process itself. */
final class OwnLog {
  private OwnLog() {}

  /**
   * Ends it: what dying servers and failing workers log is no news in a simulation, whose report
   * says what broke.
   */
  static void end() {
    ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLoggerList()
        .forEach(it -> it.setLevel(Level.OFF));
  }
}
