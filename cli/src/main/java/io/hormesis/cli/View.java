package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerAddress;
import io.hormesis.trial.TrialListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a person sees while a system runs. */
interface View extends KeeperListener, TrialListener, AutoCloseable {

  /** The live view on a terminal; plain lines elsewhere, or when {@code NO_COLOR} is set. */
  static View create() {
    boolean terminal = Boolean.getBoolean("hormesis.terminal");
    String noColor = System.getenv().getOrDefault("NO_COLOR", "");
    String kind = System.getenv().getOrDefault("TERM", "dumb");
    if (terminal && noColor.isEmpty() && !kind.equals("dumb")) {
      try {
        return new LiveView(LiveView.terminal(System.out.charset()));
      } catch (IOException none) {
        LoggerFactory.getLogger(View.class).info("no live view: {}", none.toString());
      }
    }
    return new PlainView(System.out);
  }

  /** The servers are being started. */
  void starting(String application, List<ServerAddress> servers, Path data);

  /**
   * The servers run.
   *
   * @param ready how many of them are ready; the others have told why they are not
   */
  void ready(List<ServerAddress> servers, int ready, Duration took);

  /** The verdict, a line each. */
  void verdict(List<String> lines);

  @Override
  default void close() {}
}
