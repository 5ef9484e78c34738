package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.process.Application;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a request that ends real servers the keeper says which it was, and the servers come back. */
@Tag("slow")
final class LethalRequestTest {
  private static final Pattern NAMED =
      Pattern.compile("(\\w+) was running oracle Oracle\\.Ask \\(trace ([0-9a-f]{32})\\)");

  @TempDir Path folder;

  @Test
  void aWorkerThatEndsItsServerIsNamed() throws Exception {
    endedBy("exit");
  }

  @Test
  void aWorkerThatEatsTheHeapIsNamed() throws Exception {
    endedBy("memory");
  }

  private void endedBy(String what) throws Exception {
    Path classes = OutsideJar.compiled("lethal", folder.resolve("classes"));
    OutsideJar.name(classes, Application.Source.class, "lethal.Lethal");
    Path jar = OutsideJar.of(folder.resolve("lethal.jar"), classes);
    try (LaunchedSystem system =
        LaunchedSystem.up(folder, jar.toString(), "--regions", "3", "--servers", "1").ready()) {
      List<URI> edges = system.doors("edge");
      assertThat(LaunchedSystem.call(edges.getFirst(), "/oracle/peace", "", "").statusCode())
          .isEqualTo(200);
      assertThat(system.out()).doesNotContain("was running");

      cutOffOrRefused(edges.getLast(), what);
      await("the request is named")
          .atMost(LaunchedSystem.PATIENCE)
          .until(() -> NAMED.matcher(system.out()).find());
      Matcher named = NAMED.matcher(system.out());
      assertThat(named.find()).isTrue();
      String server = named.group(1);
      await("the server is back")
          .atMost(LaunchedSystem.PATIENCE)
          .until(() -> system.out().contains(server + " started again"));
      assertThat(Files.readString(folder.resolve("data/keeper.log")))
          .contains("oracle Oracle.Ask (trace " + named.group(2) + ")");
      await("it answers again")
          .atMost(LaunchedSystem.PATIENCE)
          .ignoreExceptions()
          .until(() ->
              LaunchedSystem.call(edges.getFirst(), "/oracle/peace", "", "").statusCode() == 200);
    }
  }

  /** The edge that is asked runs the worker itself, so it may end with the request. */
  private static void cutOffOrRefused(URI edge, String what) throws InterruptedException {
    try {
      assertThat(LaunchedSystem.call(edge, "/oracle/" + what, "", "").statusCode())
          .isGreaterThanOrEqualTo(500);
    } catch (IOException cutOff) {
      // No reply is what a caller gets from a server that has ended; that it has is asserted next.
    }
  }
}
