package io.hormesis.cli;

import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import io.hormesis.trial.TrialEvent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One line an event, for logs and pipes. A reader that is slow holds nobody up; what comes when
 * very many lines wait for it is left out.
 */
final class PlainView implements View {
  private static final long EVERY_SECONDS = 10;
  private static final Duration USUAL_WARM_UP = Duration.ofSeconds(5);

  private static final int MOST_WAITING = 10_000;

  private final PrintStream out;
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("writer").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private volatile boolean running;

  PlainView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void starting(String application, List<ServerAddress> servers, Path data) {
    say("starting %s: %d servers, data in %s", application, servers.size(), data);
  }

  @Override
  public void ready(List<ServerAddress> servers, int ready, Duration took) {
    running = true;
    for (ServerAddress server : servers) {
      say("server %s (region %s) at %s", server.name(), server.region(), server.edgeUrl());
    }
    say("%d of %d ready after %.1f s", ready, servers.size(), took.toMillis() / 1000.0);
  }

  @Override
  public void started(String server, long pid) {
    if (running) {
      say("%s started again (process %d)", server, pid);
    }
  }

  @Override
  public void ended(String server, long pid, int status, boolean expected) {
    if (!expected) {
      say("%s ended by itself (process %d, status %d)", server, pid, status);
    }
  }

  @Override
  public void endedWhileRunning(String server, List<InFlightRequest> requests) {
    say("%s was running %s", server, InFlightRequest.shown(requests));
  }

  @Override
  public void state(String server, ServerState state, String reason) {
    if (running || state != ServerState.STARTING) {
      say("%s is %s%s", server, state.word(), reason.isEmpty() ? "" : ": " + reason);
    }
  }

  @Override
  public void noticed(String server, ServerEvent.Noticed what) {
    switch (what) {
      case ServerEvent.Elected(String process, int partition, _) when running ->
          say("%s/%d is led by %s", process, partition, server);
      case ServerEvent.Isolated(String instance, long millis) ->
          say(
              "%s of %s is isolated for %d ms, for it failed too often: see ./hormesis logs %s",
              instance, server, millis, server);
      case ServerEvent.Elected _, ServerEvent.ServerGone _ -> {}
    }
  }

  @Override
  public void waits(String server, String reason) {
    say("%s waits: %s", server, reason);
  }

  @Override
  public void givenUp(String server, String reason) {
    say("%s is given up for now: %s", server, reason);
  }

  @Override
  public void on(TrialEvent event) {
    switch (event) {
      case TrialEvent.Unsteady unsteady when unsteady.afterMillis() > USUAL_WARM_UP.toMillis() ->
          say(
              "still warming up after %.0f s: %d of %d requests got no quick reply",
              unsteady.afterMillis() / 1000.0, unsteady.unsteady(), unsteady.sent());
      case TrialEvent.Began(long seed, int perSecond) ->
          say("load begins: %d requests a second, seed %d", perSecond, seed);
      case TrialEvent.Second second when second.second() % EVERY_SECONDS == 0 -> count(second);
      case TrialEvent.Struck struck -> struck(struck);
      case TrialEvent.Waits waits -> say("monkey waits: %s", waits.unsteadyReason());
      case TrialEvent.Detected detected ->
          say("%s seen dead after %d ms", detected.target(), detected.afterMillis());
      case TrialEvent.Back back ->
          say("%s answers again after %d ms", back.place(), back.afterMillis());
      case TrialEvent.Repaired repaired ->
          say(
              String.format(
                  Locale.ROOT, "whole again after %.1f s", repaired.afterMillis() / 1000.0));
      case TrialEvent.Counting counting when counting.read() == counting.total() ->
          say("read back %d of %d", counting.read(), counting.total());
      case TrialEvent.Unsteady _,
          TrialEvent.Seen _,
          TrialEvent.Second _,
          TrialEvent.Counting _,
          TrialEvent.Judged _ -> {}
    }
  }

  private void count(TrialEvent.Second second) {
    say(
        "second %d: %d requests, %d failed, %d default replies",
        second.second(),
        second.inSecond().sent(),
        second.inSecond().failed(),
        second.inSecond().defaultReplies());
  }

  private void struck(TrialEvent.Struck struck) {
    say(
        "%s %s at %.1f s (%s)%s",
        struck.kind(),
        struck.target(),
        struck.atMillis() / 1000.0,
        struck.reason(),
        struck.met() ? "" : ": it was gone already");
  }

  @Override
  public void verdict(List<String> lines) {
    close();
    lines.forEach(out::println);
    out.flush();
  }

  /** Waits until everything is printed. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      boolean _ = writer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String form, Object... values) {
    String line = String.format(Locale.ROOT, form, values);
    writer.execute(() -> out.println(line));
  }
}
