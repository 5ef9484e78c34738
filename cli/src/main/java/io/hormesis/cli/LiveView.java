package io.hormesis.cli;

import io.hormesis.server.ServerAddress;
import io.hormesis.trial.TrialEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few lines that are drawn again in their place, several times a second. Only one thread writes:
 * a terminal that takes nothing holds nobody up but that one.
 */
final class LiveView implements View {
  private static final long EVERY_MILLIS = 200;
  private static final long SIZE_EVERY_MILLIS = 2_000;
  private static final int[] USUAL_SIZE = {24, 80};

  private final PrintStream out;
  private final StatusGlyphs glyphs;
  private final Object lock = new Object();
  private final DashboardModel model = new DashboardModel();
  private final long born = System.nanoTime();
  private final ScheduledThreadPoolExecutor painter =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("painter").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private int[] size = USUAL_SIZE;
  private int drawn;

  LiveView(PrintStream out) {
    this.out = out;
    this.glyphs = StatusGlyphs.in(out.charset());
    var _ =
        painter.scheduleWithFixedDelay(this::measure, 0, SIZE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    var _ = painter.scheduleWithFixedDelay(this::draw, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void starting(String application, List<ServerAddress> servers, Path data) {
    synchronized (lock) {
      model.starting(application, servers, data.toString());
    }
  }

  @Override
  public void ready(List<ServerAddress> servers, int ready, Duration took) {
    StringBuilder text = new StringBuilder();
    for (ServerAddress server : servers) {
      text.append(
          "%s (region %s) at %s%n".formatted(server.name(), server.region(), server.edgeUrl()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%d of %d ready after %.1f s%n",
            ready,
            servers.size(),
            took.toMillis() / 1000.0));
    painter.execute(() -> printAbove(text.toString()));
  }

  @Override
  public void started(String server, long pid) {
    state(server, "starting", "");
  }

  @Override
  public void ended(String server, long pid, int exit, boolean ordered) {
    state(server, "dead", "");
  }

  @Override
  public void state(String server, String state, String reason) {
    synchronized (lock) {
      model.state(server, state);
    }
  }

  @Override
  public void waits(String server, String reason) {
    painter.execute(() -> printAbove("%s waits: %s%n".formatted(server, reason)));
  }

  @Override
  public void givenUp(String server, String reason) {
    state(server, "dead", reason);
    painter.execute(() -> printAbove("%s stays down: %s%n".formatted(server, reason)));
  }

  @Override
  public void on(TrialEvent event) {
    synchronized (lock) {
      model.on(event);
    }
  }

  @Override
  public void verdict(List<String> lines) {
    painter.execute(() -> {
      erase();
      lines.forEach(out::println);
      out.flush();
    });
    close();
  }

  /** Ends the drawing; what is to be printed is printed before, however long that takes. */
  @Override
  public void close() {
    painter.shutdown();
    try {
      boolean _ = painter.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void printAbove(String text) {
    erase();
    out.print(text);
    draw();
  }

  /** Writes over the lines that are there, all at once, so that nothing flickers. */
  private void draw() {
    List<Styled> lines;
    synchronized (lock) {
      lines = model.lines(size[0], size[1], Duration.ofNanos(System.nanoTime() - born), glyphs);
    }
    StringBuilder text = new StringBuilder(up());
    lines.forEach(line -> text.append(line.coded()).append("\033[K\n"));
    text.append("\033[J");
    out.print(text);
    out.flush();
    drawn = lines.size();
  }

  private void erase() {
    out.print(up() + "\033[J");
    drawn = 0;
  }

  private String up() {
    return drawn == 0 ? "\r" : "\r\033[%dA".formatted(drawn);
  }

  /** Asks the terminal for its size; people change it. */
  private void measure() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String told = new String(stty.getInputStream().readAllBytes(), out.charset()).strip();
      if (told.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
        String[] parts = told.split(" ", 2);
        size = new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
      }
    } catch (IOException noSuchProgram) {
      size = USUAL_SIZE;
    }
  }
}
