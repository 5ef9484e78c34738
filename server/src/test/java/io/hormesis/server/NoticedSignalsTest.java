package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.supervision.Decision;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticedSignalsTest {
  private final NoticedSignals noticed = new NoticedSignals();

  @Test
  void aStateIsTold() {
    assertThat(
            noticed.of(
                new Signal.HealthChanged(
                    new Health.State(ServerState.DEGRADED, "its store is empty"))))
        .contains(new ServerEvent.StateChanged(ServerState.DEGRADED, "its store is empty"));
  }

  @Test
  void whoIsGoneIsToldAndWhoIsBackIsNot() {
    assertThat(noticed.of(new Signal.ServerSeen("b1", Membership.Transition.GONE)))
        .contains(new ServerEvent.ServerGone("b1"));
    assertThat(noticed.of(new Signal.ServerSeen("b1", Membership.Transition.BACK))).isEmpty();
  }

  @Test
  void anElectionIsToldOnceATerm() {
    assertThat(noticed.of(member(Role.FOLLOWER, 6))).isEmpty();
    assertThat(noticed.of(member(Role.LEADER, 7))).contains(new ServerEvent.Elected("desk", 1, 7));
    assertThat(noticed.of(member(Role.LEADER, 7))).isEmpty();
    assertThat(noticed.of(member(Role.LEADER, 9))).contains(new ServerEvent.Elected("desk", 1, 9));
  }

  @Test
  void anIsolationIsToldAndAPauseOfOneKeyIsNot() {
    Target desk = Target.of("desk", 1);
    assertThat(
            noticed.of(
                new Signal.SupervisorDecided(desk, new Decision.IsolateFor(Duration.ofSeconds(2)))))
        .contains(new ServerEvent.Isolated("desk/1", 2_000));
    assertThat(
            noticed.of(
                new Signal.SupervisorDecided(
                    desk, new Decision.RestartAfter(Duration.ofMillis(20)))))
        .isEmpty();
  }

  private static Signal member(Role role, long term) {
    return new Signal.MemberChanged(
        new ReplicaStatus(
            new GroupId("desk", 1), role, Optional.of("a1"), term, 0, 0, List.of("a1"), ""));
  }
}
