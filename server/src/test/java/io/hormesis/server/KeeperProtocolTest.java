package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeeperProtocolTest {
  private static final ServerAddress A1 =
      new ServerAddress("a1", "a", "127.0.0.1", 7400, 7401, 7402);

  @Test
  void settingsComeBackAsTheyWereSent() {
    ServerSettings settings =
        new ServerSettings(
            "4711",
            "a1",
            Path.of("/some where/a1"),
            List.of(Path.of("/apps/x.jar")),
            List.of(A1),
            false,
            -7_000_000_000L,
            false);

    assertThat(KeeperProtocol.settings(KeeperProtocol.line(settings))).isEqualTo(settings);
    assertThat(KeeperProtocol.line(settings)).doesNotContain("\n");
  }

  @Test
  void everyWordOfAKeeperComesBackAsItWasSent() {
    for (KeeperCommand word :
        List.of(new KeeperCommand.ProcessEnded("a1", -7_000_000_000L), new KeeperCommand.Stop())) {
      assertThat(KeeperProtocol.word(KeeperProtocol.line(word))).contains(word);
    }
  }

  @Test
  void everyEventOfAServerComesBackAsItWasSent() {
    for (ServerEvent event :
        List.of(
            new ServerEvent.Started(42),
            new ServerEvent.StateChanged(ServerState.DEGRADED, "two\nlines"),
            new ServerEvent.CannotStart("port 1 is \"in use\""),
            new ServerEvent.ServerGone("b1"),
            new ServerEvent.Elected("desk", 1, 7_000_000_000L),
            new ServerEvent.Isolated("desk/1", 2_000))) {
      assertThat(KeeperProtocol.line(event)).doesNotContain("\n");
      assertThat(KeeperProtocol.event(KeeperProtocol.line(event))).contains(event);
    }
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(KeeperProtocol.event("{\"is\":\"singing\",\"song\":1}")).isEmpty();
    assertThat(KeeperProtocol.word("{\"is\":\"started\",\"pid\":1}")).isEmpty();
    assertThat(KeeperProtocol.event("Terminating due to java.lang.OutOfMemoryError")).isEmpty();
    assertThat(KeeperProtocol.event("")).isEmpty();
    assertThat(KeeperProtocol.event("[1]")).isEmpty();
    assertThat(KeeperProtocol.event("{\"is\":")).isEmpty();
  }

  @Test
  void aNewerFieldIsNoReasonToMissAnEvent() {
    assertThat(KeeperProtocol.event("{\"is\":\"started\",\"pid\":1,\"mood\":\"good\"}"))
        .contains(new ServerEvent.Started(1));
  }

  @Test
  void aStateIsAWordAndANewerOneIsNoReasonToMissAnEvent() {
    assertThat(KeeperProtocol.line(new ServerEvent.StateChanged(ServerState.DRAINING, "emptied")))
        .isEqualTo("{\"state\":\"draining\",\"reason\":\"emptied\",\"is\":\"state-changed\"}");
    assertThat(
            KeeperProtocol.event(
                "{\"is\":\"state-changed\",\"state\":\"resting\",\"reason\":\"it is late\"}"))
        .contains(new ServerEvent.StateChanged(ServerState.DEGRADED, "it is late"));
  }

  @Test
  void settingsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> KeeperProtocol.settings("hello"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("settings of a server must be one line of JSON, but: ");
  }
}
