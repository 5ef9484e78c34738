package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk was lost must not vote under its old name: it stays out, and says so. */
@Tag("slow")
class WipedStoreTest {

  @Test
  void aServerWithAnEmptyStoreStaysOutAndTheOthersServe(@TempDir Path folder) throws Exception {
    String body = "{\"citizen\":\"01017012345\",\"year\":2025,\"income\":512000}";
    String filed;
    try (LaunchedSystem system = LaunchedSystem.up(folder).ready()) {
      HttpResponse<String> reply =
          LaunchedSystem.call(system.doors("edge").getFirst(), "/tax-returns", "key-1", body);
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
      filed = reply.body();
    }
    Path store = folder.resolve("data/a1/replication");
    assertThat(store).isDirectory();
    Folders.remove(store);

    try (LaunchedSystem system = LaunchedSystem.up(folder).ready()) {
      assertThat(system.out()).contains("a1 is degraded: ").contains("5 of 6 ready after");
      // Another server tells it: it has heard of it from a1, a moment after `up` has.
      URI other = system.doors("management").getLast();
      await()
          .atMost(LaunchedSystem.PATIENCE)
          .untilAsserted(() ->
              assertThat(LaunchedSystem.call(other, "/status", "", "").body())
                  .contains("\"state\":\"degraded\"")
                  .contains("empty while its group exists"));
      HttpResponse<String> again =
          LaunchedSystem.call(system.doors("edge").getFirst(), "/tax-returns", "key-1", body);
      assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(filed);
    }
    assertThat(Files.exists(folder.resolve("data/hormesis.json"))).isTrue();
  }
}
