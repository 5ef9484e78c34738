package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
  private static final List<String> SERVERS = List.of("a1", "b1");

  private final List<String> told = new ArrayList<>();
  private final Readiness readiness = new Readiness(new Telling());

  /** Tells who was still missing when it heard something. */
  private final class Telling implements KeeperListener {
    @Override
    public void started(String server, long pid) {
      told.add(server + " started, missing " + missing());
    }

    @Override
    public void ended(String server, long pid, int status, boolean expected) {
      told.add(server + " ended, missing " + missing());
    }

    @Override
    public void endedWhileRunning(String server, List<InFlightRequest> requests) {}

    @Override
    public void state(String server, ServerState state, String reason) {
      told.add("%s is %s, missing %s".formatted(server, state.word(), missing()));
    }

    @Override
    public void waits(String server, String reason) {
      told.add("%s waits, missing %s".formatted(server, missing()));
    }

    @Override
    public void givenUp(String server, String reason) {
      told.add("%s given up, missing %s".formatted(server, missing()));
    }
  }

  private List<String> missing() {
    try {
      return readiness.await(SERVERS, Duration.ZERO);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void whatAServerSaidIsToldBeforeItCounts() {
    readiness.started("a1", 41);
    readiness.state("b1", ServerState.READY, "");
    readiness.state("a1", ServerState.DEGRADED, "its store is empty");
    assertThat(told)
        .containsExactly(
            "a1 started, missing [a1, b1]",
            "b1 is ready, missing [a1, b1]",
            "a1 is degraded, missing [a1]");
    assertThat(missing()).isEmpty();
  }

  @Test
  void aDegradedServerIsNotWaitedForAndNotCounted() {
    readiness.state("a1", ServerState.DEGRADED, "its store is empty");
    readiness.state("b1", ServerState.READY, "");
    assertThat(missing()).isEmpty();
    assertThat(readiness.count()).isEqualTo(1);
    readiness.state("a1", ServerState.READY, "");
    assertThat(readiness.count()).isEqualTo(2);
  }

  @Test
  void aServerThatEndedOrBeginsAgainIsMissing() {
    readiness.state("a1", ServerState.READY, "");
    readiness.state("b1", ServerState.READY, "");
    readiness.ended("a1", 41, 137, false);
    readiness.waits("a1", "its disk is full");
    assertThat(missing()).containsExactly("a1");
    readiness.state("b1", ServerState.STARTING, "");
    assertThat(missing()).containsExactly("a1", "b1");
    assertThat(readiness.count()).isZero();
  }

  @Test
  void aServerThatCannotRunEndsTheWait() {
    readiness.givenUp("a1", "it ended too often");
    assertThatThrownBy(() -> readiness.await(SERVERS, Duration.ofDays(1)))
        .isInstanceOf(UsageException.class)
        .hasMessage("server a1 cannot run: it ended too often");
    assertThat(told).containsExactly("a1 given up, missing [a1, b1]");
  }
}
