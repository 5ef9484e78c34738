package io.hormesis.cli;

import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import io.hormesis.trial.TrialEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp;

/**
 * Dashboard on a terminal: a few lines that are drawn again in their place, several times a second;
 * what is to stay is printed above them. Only one thread writes: a terminal that takes nothing
 * holds nobody up but that one.
 *
 * <p>It changes no mode of the terminal, hides no cursor and reads nothing, so there is nothing to
 * restore, even when this program is killed. When the program is ended by Ctrl-C or a signal, the
 * cursor is left below the last picture.
 */
final class LiveView implements View {
  private static final long EVERY_MILLIS = 200;
  private static final long LAST_PICTURE_MILLIS = 500;
  private static final int MOST_ABOVE = 100;
  private static final Size USUAL_SIZE = Size.of(80, 24);

  private final Terminal terminal;
  private final Display display;
  private final StatusGlyphs glyphs;
  private final Object lock = new Object();
  private final DashboardModel model = new DashboardModel();
  private final long born = System.nanoTime();
  private final Thread hook = Thread.ofPlatform().unstarted(this::interrupted);
  private final ScheduledThreadPoolExecutor painter =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("painter").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /** The last lines that were printed above the picture. */
  private final Deque<String> above = new ArrayDeque<>();

  private boolean closed;

  LiveView(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    this.glyphs = StatusGlyphs.in(terminal.encoding());
    Runtime.getRuntime().addShutdownHook(hook);
    var _ = painter.scheduleWithFixedDelay(this::draw, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the terminal that this program was started on.
   *
   * @throws IOException when it cannot be had, for example because standard input is none
   */
  static Terminal terminal(Charset charset) throws IOException {
    try {
      return TerminalBuilder.builder()
          .system(true)
          .provider("ffm")
          .dumb(false)
          .encoding(charset)
          .nativeSignals(false)
          // It would ask the terminal by escape sequences, and read what a person types.
          .graphemeCluster(false)
          .build();
    } catch (IllegalStateException none) {
      throw new IOException(none);
    }
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
    printAbove(text.toString());
  }

  @Override
  public void started(String server, long pid) {
    state(server, ServerState.STARTING, "");
  }

  @Override
  public void ended(String server, long pid, int exit, boolean expected) {
    state(server, ServerState.DEAD, "");
  }

  @Override
  public void endedWhileRunning(String server, List<InFlightRequest> requests) {
    printAbove("%s ended while it ran %s%n".formatted(server, InFlightRequest.shown(requests)));
  }

  @Override
  public void state(String server, ServerState state, String reason) {
    synchronized (lock) {
      model.state(server, state);
    }
  }

  @Override
  public void noticed(String server, ServerEvent.Noticed what) {
    synchronized (lock) {
      model.noticed(server, what);
    }
  }

  @Override
  public void waits(String server, String reason) {
    printAbove("%s waits: %s%n".formatted(server, reason));
  }

  @Override
  public void givenUp(String server, String reason) {
    state(server, ServerState.DEAD, reason);
    printAbove("%s is given up for now: %s%n".formatted(server, reason));
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
      lines.forEach(terminal.writer()::println);
      terminal.flush();
    });
    close();
  }

  /** Ends the drawing; what is to be printed is printed before, however long that takes. */
  @Override
  public void close() {
    painter.execute(this::leave);
    painter.shutdown();
    try {
      boolean _ = painter.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException ending) {
      // The hook runs, and finds the terminal left.
      return;
    }
  }

  /** The program is being ended: nothing may be drawn over what others print now. */
  private void interrupted() {
    painter.execute(this::leave);
    painter.shutdown();
    try {
      boolean _ = painter.awaitTermination(LAST_PICTURE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void printAbove(String text) {
    painter.execute(() -> {
      erase();
      text.lines()
          .forEach(line -> {
            terminal.writer().println(line);
            above.add(line);
          });
      while (above.size() > MOST_ABOVE) {
        above.remove();
      }
      draw();
    });
  }

  private void draw() {
    if (closed) {
      return;
    }
    Size told = terminal.getSize();
    Size size = told.getRows() > 0 && told.getColumns() > 0 ? told : USUAL_SIZE;
    List<AttributedString> picture = picture(size);
    if (size.getRows() != display.getRows() || size.getColumns() != display.getColumns()) {
      resized(size, picture.size());
    }
    display.update(picture, -1);
    terminal.flush();
  }

  /**
   * Begins on a clear screen: some terminals break lines anew when people change the window, and
   * some cut them, so nobody knows where the old picture is.
   */
  private void resized(Size size, int pictureRows) {
    if (display.getRows() > 0) {
      terminal.puts(InfoCmp.Capability.clear_screen);
      int room = Math.max(0, size.getRows() - pictureRows);
      above.stream().skip(Math.max(0, above.size() - room)).forEach(terminal.writer()::println);
    }
    display.resize(size);
    display.reset();
  }

  /**
   * The lines, each with its end: without one, a line would be filled up to the edge of the window,
   * and take two in a narrower one. The cursor rests on an empty line below.
   */
  private List<AttributedString> picture(Size size) {
    List<AttributedString> picture = new ArrayList<>();
    synchronized (lock) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - born);
      for (AttributedString line :
          model.lines(size.getRows(), size.getColumns(), elapsed, glyphs)) {
        picture.add(AttributedString.join(AttributedString.EMPTY, line, AttributedString.NEWLINE));
      }
    }
    picture.add(AttributedString.EMPTY);
    return picture;
  }

  private void erase() {
    display.update(List.of(), 0);
  }

  private void leave() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      terminal.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
