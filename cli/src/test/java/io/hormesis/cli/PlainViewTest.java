package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.keeper.PortPlan;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.trial.Report;
import io.hormesis.trial.TrialEvent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PlainViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void everyEventIsALineWithoutColours() {
    PlainView view = new PlainView(new PrintStream(bytes, true, UTF_8));
    view.starting("library", PortPlan.of(1, 1, 7400), Path.of("/data"));
    view.started("a1", 41);
    view.noticed("a1", new ServerEvent.Elected("loans", 2, 1));
    view.state("a1", ServerState.STARTING, "");
    view.state("a1", ServerState.READY, "");
    view.ready(PortPlan.of(1, 1, 7400), 1, Duration.ofMillis(8_240));
    view.on(new TrialEvent.Unsteady(2_100, 100, 40));
    view.on(new TrialEvent.Unsteady(6_200, 100, 3));
    view.on(new TrialEvent.Began(7, 100));
    view.on(new TrialEvent.Waits(900, "3 of 480 requests failed in the last 3 s"));
    view.on(new TrialEvent.Struck(4600, "kill", "a1", "leads loans/2", List.of("loans/2"), true));
    view.ended("a1", 41, 137, true);
    view.started("a1", 42);
    view.on(new TrialEvent.Detected("a1", 35));
    view.noticed("b1", new ServerEvent.ServerGone("a1"));
    view.noticed("b1", new ServerEvent.Elected("loans", 2, 2));
    view.noticed("b1", new ServerEvent.Isolated("greeter", 2_000));
    view.on(new TrialEvent.Back("a1", "loans/2", 210));
    view.state("a1", ServerState.DEGRADED, "its store is empty");
    view.on(new TrialEvent.Repaired("a1", 5310));
    view.on(new TrialEvent.Second(10, new Report.Requests(100, 99, 1, 0, 0, 0), 2));
    view.on(new TrialEvent.Counting(39, 40));
    view.on(new TrialEvent.Counting(40, 40));
    view.ended("a1", 42, 1, false);
    view.waits("a1", "its disk is full");
    view.givenUp("a1", "it ended too often");
    view.verdict(List.of("verdict      held"));
    view.close();

    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly(
            "starting library: 1 servers, data in /data",
            "a1 is ready",
            "server a1 (region a) at http://127.0.0.1:7400",
            "1 of 1 ready after 8.2 s",
            "still warming up after 6 s: 3 of 100 requests got no quick reply",
            "load begins: 100 requests a second, seed 7",
            "monkey waits: 3 of 480 requests failed in the last 3 s",
            "kill a1 at 4.6 s (leads loans/2)",
            "a1 started again (process 42)",
            "a1 seen dead after 35 ms",
            "loans/2 is led by b1",
            "greeter of b1 is isolated for 2000 ms, for it failed too often: see ./hormesis logs b1",
            "loans/2 answers again after 210 ms",
            "a1 is degraded: its store is empty",
            "whole again after 5.3 s",
            "second 10: 100 requests, 0 failed, 1 default replies",
            "read back 40 of 40",
            "a1 ended by itself (process 42, status 1)",
            "a1 waits: its disk is full",
            "a1 is given up for now: it ended too often",
            "verdict      held");
  }

  @Test
  void aReaderThatTakesNothingHoldsNobodyUp() {
    CountDownLatch taken = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              taken.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        };
    PlainView view = new PlainView(new PrintStream(stuck, true, UTF_8));
    for (int i = 0; i < 30_000; i++) {
      view.givenUp("a1", "line " + i);
    }
    taken.countDown();
    view.close();
  }
}
