package io.hormesis.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import io.hormesis.keeper.Keeper;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log of this process itself. */
final class OwnLog {
  private OwnLog() {}

  /**
   * Ends it: what dying servers and failing workers log is no news in a simulation, whose report
   * says what broke.
   */
  static void end() {
    context().getLoggerList().forEach(it -> it.setLevel(Level.OFF));
  }

  /**
   * Keeps what the keeper logs in its file in a folder. The keeper bounds it in size and number, as
   * it does the logs of its servers.
   *
   * @return ends it
   */
  static Runnable keptIn(Path folder) {
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context());
    file.setFile(folder.resolve(Keeper.LOG_NAME).toString());
    // What is appended goes to the end of the file, also after the file was emptied.
    file.setAppend(true);
    file.setEncoder(encoder());
    file.start();
    Logger keeper = context().getLogger(Keeper.class.getPackageName());
    keeper.setLevel(Level.INFO);
    keeper.addAppender(file);
    return () -> {
      keeper.detachAppender(file);
      file.stop();
    };
  }

  private static PatternLayoutEncoder encoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context());
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %level %msg%n");
    encoder.start();
    return encoder;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
