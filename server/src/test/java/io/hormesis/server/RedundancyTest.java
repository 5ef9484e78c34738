package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedundancyTest {

  @Test
  void nothingIsMissingWhenAllServersAreReadyAndAllMembersCaughtUp() {
    assertThat(Redundancy.missing(status(ServerState.READY, "", 3))).isEmpty();
    assertThat(Redundancy.missing(status(ServerState.READY, "", 2)))
        .contains("desk/0 has leader a1 and 2 of 3 members caught up");
    assertThat(Redundancy.missing(status(ServerState.DEGRADED, "its disk is empty", 3)))
        .contains("c1 is degraded");
  }

  @Test
  void aServerThatIsDispensableMayStayOut() {
    for (ServerState state :
        List.of(ServerState.DEGRADED, ServerState.DEAD, ServerState.STARTING)) {
      assertThat(Redundancy.missingBut(status(state, "its disk is empty", 2), Set.of("c1")))
          .isEmpty();
      assertThat(Redundancy.missingBut(status(state, "its disk is empty", 2), Set.of("b1")))
          .contains("c1 is " + state.word());
    }
  }

  @Test
  void allOthersMustHaveCaughtUp() {
    assertThat(
            Redundancy.missingBut(
                status(ServerState.DEGRADED, "its disk is empty", 1), Set.of("c1")))
        .contains("desk/0 has leader a1 and 1 of 3 members caught up");
    assertThat(Redundancy.missingBut(status(ServerState.READY, "", 2), Set.of("c1")))
        .as("it is back, so it must have caught up too")
        .contains("desk/0 has leader a1 and 2 of 3 members caught up");
  }

  private static SystemStatus status(ServerState state, String reason, int inSync) {
    return new SystemStatus(
        "id",
        "town",
        ServiceState.READY,
        List.of(
            server("a1", ServerState.READY, ""),
            server("b1", ServerState.READY, ""),
            server("c1", state, reason)),
        List.of(),
        List.of(
            new SystemStatus.PartitionStatus("desk", 0, "a1", List.of("a1", "b1", "c1"), inSync)));
  }

  private static SystemStatus.ServerStatus server(String name, ServerState state, String reason) {
    return new SystemStatus.ServerStatus(
        name, name.substring(0, 1), 1, state, reason, "", "", "", List.of());
  }
}
