package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Credential;
import io.hormesis.edge.HttpLoop;
import io.hormesis.edge.Management;
import io.hormesis.edge.ManagementView;
import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.SystemRecord;
import io.hormesis.server.ProcessKind;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerState;
import io.hormesis.server.ServiceState;
import io.hormesis.server.SystemStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a system whose server answers. */
final class StatusTest {
  @TempDir Path data;
  private final HttpLoop loop = HttpLoop.open();
  private Management management;

  @BeforeEach
  void open() throws IOException {
    management =
        Management.open("127.0.0.1", 0, new Halved(), List.of(), Credential.in(data), loop);
    try (DataFolder folder = DataFolder.open(data.resolve("system"))) {
      folder.write(
          SystemRecord.of(
              "4711",
              "town",
              List.of(new ServerAddress("a1", "a", "127.0.0.1", 1, management.port(), 1))));
    }
  }

  @AfterEach
  void close() {
    management.close();
    loop.close();
  }

  @Test
  void aTableShowsStatesAndKindsAsWords() {
    assertThat(status().out().lines().map(it -> it.strip().replaceAll(" +", " ")))
        .contains(
            "town is degraded",
            "a1 a 41 ready http://a1 desk guide",
            "b1 b 0 dead http://b1",
            "its process ended",
            "desk team stateful down 0 of 2",
            "guide team stateless degraded 1 of 2");
  }

  @Test
  void jsonHasTheSameWords() {
    assertThat(status("-o", "json").out().lines().map(String::strip))
        .contains(
            "\"state\" : \"ready\",",
            "\"state\" : \"dead\",",
            "\"state\" : \"down\",",
            "\"state\" : \"degraded\",",
            "\"kind\" : \"stateful\",",
            "\"kind\" : \"stateless\",");
  }

  private Typed status(String... more) {
    Typed typed =
        Typed.line(
            Stream.concat(Stream.of("status", "--data", data.resolve("system")), Stream.of(more))
                .toArray());
    assertThat(typed.err()).isEmpty();
    assertThat(typed.status()).isZero();
    return typed;
  }

  /** A system of which one half has ended. */
  private record Halved() implements ManagementView {
    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public String reason() {
      return "";
    }

    @Override
    public CompletableFuture<?> status() {
      return CompletableFuture.completedFuture(
          new SystemStatus(
              "4711",
              "town",
              ServiceState.DEGRADED,
              List.of(
                  server("a1", 41, ServerState.READY, "", List.of("desk", "guide")),
                  server("b1", 0, ServerState.DEAD, "its process ended", List.of())),
              List.of(
                  process("desk", ProcessKind.STATEFUL, ServiceState.DOWN, 0),
                  process("guide", ProcessKind.STATELESS, ServiceState.DEGRADED, 1)),
              List.of()));
    }

    private static SystemStatus.ServerStatus server(
        String name, long pid, ServerState state, String reason, List<String> hosts) {
      return new SystemStatus.ServerStatus(
          name, name.substring(0, 1), pid, state, reason, "http://" + name, "", "1", hosts);
    }

    private static SystemStatus.ProcessStatus process(
        String name, ProcessKind kind, ServiceState state, int healthy) {
      return new SystemStatus.ProcessStatus(name, "team", kind, state, 2, healthy, List.of());
    }
  }
}
