package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Callers who are slow, silent, idle or gone. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowCallerTest {
  private static final String POST = "POST /loans HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n";
  private static final String GET = "GET /loans/ada/2025 HTTP/1.1\r\nHost: x\r\n";

  /** Calls may take two seconds here, so that slow ones end soon. */
  private static final EdgeSettings SETTINGS =
      new EdgeSettings(
          "127.0.0.1",
          0,
          64 * 1024,
          new EdgeSettings.Times(
              Duration.ofSeconds(2),
              Duration.ofSeconds(2),
              Duration.ofSeconds(2),
              Duration.ofSeconds(2)),
          new EdgeSettings.Room(100, 100, 100));

  private final Fixture library = new Fixture(SETTINGS);

  @Test
  void aCallerWhoStopsInTheMiddleOfAHeaderIsCutOff() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      assertThat(raw.write(GET + "X-Slow: ").readAll()).doesNotContain("200");
    }
    servesOn();
  }

  @Test
  void aCallerWhoStopsInTheMiddleOfABodyIsCutOff() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      String reply = raw.write(POST + "Content-Length: 39\r\n\r\n{\"reader\"").readAll();
      assertThat(reply).doesNotContain("HTTP/1.1 2");
    }
    servesOn();
  }

  @Test
  void aCallerWhoDripsIsCutOffToo() throws Exception {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(GET);
      raw.dripUntilCutOff("X: y\r\n");
      assertThat(endOf(raw)).doesNotContain("HTTP/1.1 2");
    }
    servesOn();
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      assertThat(raw.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200");
      assertThat(raw.readAll()).isEmpty();
    }
  }

  @Test
  void idleConnectionsDoNotLockOthersOutForLong() throws IOException {
    List<Raw> idle = new ArrayList<>();
    try {
      for (int i = 0; i < SETTINGS.places().speaking(); i++) {
        idle.add(Raw.to(library.port()));
      }
      servesOn();
    } finally {
      for (Raw raw : idle) {
        raw.close();
      }
    }
  }

  @Test
  void callersWhoVanishDoNoHarm() throws Exception {
    CompletableFuture<CallResult<Object>> ending = new CompletableFuture<>();
    library.asker = _ -> ending;
    for (int i = 0; i < 20; i++) {
      try (Raw raw = Raw.to(library.port())) {
        raw.write(GET + "\r\n");
      }
      try (Raw raw = Raw.to(library.port())) {
        raw.write(POST + "Content-Length: 39\r\n\r\n{\"rea");
      }
    }
    ending.complete(Fixture.replied("x".repeat(1_000_000)));
    servesOn();
  }

  @Test
  void aCallerWhoNeverReadsItsReplyIsCutOff() throws Exception {
    library.ends(Fixture.replied("x".repeat(20_000_000)));
    try (Raw raw = Raw.to(library.port())) {
      raw.write(GET + "\r\n");
      raw.dripUntilCutOff("x");
      assertThat(raw.count()).isLessThan(20_000_000);
    }
    servesOn();
  }

  private void servesOn() {
    library.ends(Fixture.replied("done"));
    assertThat(library.get("/loans/ada/2025").statusCode()).isEqualTo(200);
  }

  /** All that comes until the end; a reset is an end too. */
  private static String endOf(Raw raw) {
    try {
      return raw.readAll();
    } catch (IOException e) {
      return "";
    }
  }

  @BeforeEach
  void forget() {
    library.asked.clear();
    library.ends(Fixture.replied("done"));
  }

  @AfterAll
  void close() {
    library.close();
  }
}
