package io.hormesis.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PortPlanTest {
  @Test
  void everyServerHasABlockOfItsOwn() {
    List<ServerAddress> servers = PortPlan.of(3, 2, 7400);

    assertThat(servers)
        .extracting(ServerAddress::name)
        .containsExactly("a1", "a2", "b1", "b2", "c1", "c2");
    assertThat(servers)
        .extracting(ServerAddress::region)
        .containsExactly("a", "a", "b", "b", "c", "c");
    assertThat(servers.getFirst())
        .isEqualTo(new ServerAddress("a1", "a", "127.0.0.1", 7400, 7401, 7402));
    assertThat(servers.getLast().edge()).isEqualTo(7450);
    assertThat(ports(servers)).doesNotHaveDuplicates().hasSize(18);
  }

  @Test
  void pickedPortsAreFreeAndBelowThoseOfOutgoingConnections() {
    for (long seed = 0; seed < 20; seed++) {
      List<ServerAddress> servers = PortPlan.picked(3, 2, new SplittableRandom(seed));
      assertThatCode(() -> PortPlan.probe(servers)).as("seed %d", seed).doesNotThrowAnyException();
      assertThat(ports(servers))
          .as("seed %d", seed)
          .doesNotHaveDuplicates()
          .allMatch(port -> port >= 10_000 && port < 32_000);
    }
  }

  @Test
  void aPortInUseIsNamedWithItsServerAndPurpose() throws IOException {
    List<ServerAddress> servers = PortPlan.picked(1, 2, new SplittableRandom());
    for (int purpose = 0; purpose < 3; purpose++) {
      int port = servers.getLast().edge() + purpose;
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThatThrownBy(() -> PortPlan.probe(servers))
            .isInstanceOf(KeeperException.class)
            .hasMessage(
                "port %d must be free for the %s of server a2, but is in use: stop what listens there, or choose other ports with --port N",
                port, List.of("edge", "management door", "carrier").get(purpose));
      }
    }
  }

  @Test
  void aPortThatIsInUseOnAllAddressesIsSeenToo() throws IOException {
    List<ServerAddress> servers = PortPlan.picked(1, 1, new SplittableRandom());
    try (ServerSocket _ = new ServerSocket(servers.getFirst().carrier())) {
      assertThatThrownBy(() -> PortPlan.probe(servers))
          .hasMessageContaining("carrier of server a1");
    }
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    assertThatThrownBy(() -> PortPlan.of(0, 2, 7400))
        .hasMessage("--regions must be 1 to 9, but was 0: choose another number");
    assertThatThrownBy(() -> PortPlan.of(3, 10, 7400))
        .hasMessage("--servers must be 1 to 9, but was 10: choose another number");
    assertThatThrownBy(() -> PortPlan.of(3, 2, 65_500))
        .hasMessage("--port must be 1 to 65476, but was 65500: choose another number");
    assertThatThrownBy(() -> PortPlan.picked(10, 2, new SplittableRandom()))
        .hasMessage("--regions must be 1 to 9, but was 10: choose another number");
  }

  private static List<Integer> ports(List<ServerAddress> servers) {
    return servers.stream()
        .flatMap(it -> Stream.of(it.edge(), it.management(), it.carrier()))
        .toList();
  }
}
