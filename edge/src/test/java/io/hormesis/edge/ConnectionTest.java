package io.hormesis.edge;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How connections end, and which give way when places run short. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTest {
  /** Its route has the usual deadline, which no busy machine makes us miss. */
  private static final String PATIENT_GET =
      "GET /search?title=a&exact=true HTTP/1.1\r\nHost: x\r\n";

  private static final String GET = "GET /loans/ada/2025 HTTP/1.1\r\nHost: x\r\n";
  private static final String POST = "POST /loans HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n";
  private static final String CLOSE = "Connection: close\r\n";
  private static final EdgeSettings.Times QUICK =
      new EdgeSettings.Times(ofMillis(400), ofSeconds(20), ofMillis(400), ofSeconds(2));
  private static final EdgeSettings.Times PATIENT =
      new EdgeSettings.Times(ofSeconds(60), ofSeconds(60), ofSeconds(60), ofSeconds(2));

  private final Fixture library = new Fixture();

  @Test
  void aConnectionEndsWithTheReplyWhenItsCallerAsksForIt() throws IOException {
    for (String call :
        List.of(
            GET + CLOSE + "\r\n",
            GET + "Connection: keep-alive, CLOSE\r\n\r\n",
            POST + CLOSE + "Content-Length: 39\r\n\r\n" + Fixture.LOAN,
            "GET /nowhere HTTP/1.1\r\nHost: x\r\n" + CLOSE + "\r\n",
            "POST /loans HTTP/1.1\r\nHost: x\r\n" + CLOSE + "Content-Length: 2\r\n\r\n{}",
            "GET /loans/ada/2025 HTTP/1.0\r\n\r\n",
            "garbage\r\n\r\n")) {
      try (Raw raw = Raw.to(library.port())) {
        assertThat(raw.write(call).readAll())
            .as(call)
            .startsWith("HTTP/1.1 ")
            .contains("Connection: close");
      }
    }
  }

  @Test
  void aConnectionStaysOpenOtherwise() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(raw.write(GET + "\r\n").readReply())
            .startsWith("HTTP/1.1 200 ")
            .doesNotContain("Connection: close");
        assertThat(raw.write("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").readReply())
            .startsWith("HTTP/1.1 404 ");
      }
    }
  }

  /** Both requests are read in one turn of the loop: the first of them makes the reply ready. */
  @Test
  void aReplyThatIsReadyGoesOutBeforeTheNextRequestIsTaken() throws Exception {
    CompletableFuture<CallResult<Object>> early = new CompletableFuture<>();
    CompletableFuture<String> gone = new CompletableFuture<>();
    CountDownLatch sent = new CountDownLatch(1);
    try (Fixture books = new Fixture();
        Raw a = Raw.to(books.port());
        Raw b = Raw.to(books.port());
        Raw c = Raw.to(books.port())) {
      for (Raw open : List.of(a, b, c)) {
        assertThat(open.write(PATIENT_GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      }
      CountDownLatch asked = new CountDownLatch(1);
      books.asker =
          _ -> {
            asked.countDown();
            return early;
          };
      a.write(PATIENT_GET + "\r\n");
      asked.await();
      books.asker =
          _ -> {
            if (!early.complete(Fixture.replied(List.of()))) {
              gone.complete(read(a));
            }
            return Fixture.ended(Fixture.replied(List.of()));
          };
      books.loop.next().execute(() -> await(sent));
      b.write(PATIENT_GET + "\r\n");
      c.write(PATIENT_GET + "\r\n");
      sent.countDown();
      assertThat(gone.get(60, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200 ");
    }
  }

  private static String read(Raw raw) {
    try {
      return raw.readReply();
    } catch (IOException notYet) {
      return notYet.toString();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCallerWhoWaitsForAWordIsTold() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Expect: 100-continue\r\nContent-Length: 39\r\n\r\n");
      assertThat(raw.readReply()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(raw.write(Fixture.LOAN).readReply()).startsWith("HTTP/1.1 201 ");
    }
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 413 ");
    }
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Expect: tea\r\nContent-Length: 39\r\n\r\n");
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 417 ")
          .contains("header Expect must be 100-continue, but was \\\"tea\\\": leave it away");
    }
  }

  @Test
  void callsOfOneConnectionAreTakenOneAfterTheOther() throws Exception {
    List<CompletableFuture<CallResult<Object>>> endings = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      endings.add(new CompletableFuture<>());
    }
    library.asker = _ -> endings.get(library.asked.size() - 1);
    try (Raw raw = Raw.to(library.port())) {
      raw.write((PATIENT_GET + "\r\n").repeat(200));
      raw.shutdownOutput();
      for (int i = 0; i < 200; i++) {
        await(i + 1);
        assertThat(library.asked).as("asked before the reply").hasSize(i + 1);
        endings.get(i).complete(Fixture.replied("done"));
        assertThat(raw.readReply()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(raw.readAll()).isEmpty();
    }
  }

  @Test
  void manyCallsThatAreRefusedAtOnceDoNotPileUp() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2000));
      raw.shutdownOutput();
      assertThat(raw.readAll().split("HTTP/1.1 404 ", -1)).hasSize(2001);
    }
  }

  @Test
  void aSilentConnectionIsClosedWithoutAWord() throws IOException {
    try (Fixture quick = fixture(QUICK, EdgeSettings.Room.USUAL);
        Raw silent = Raw.to(quick.port());
        Raw partly = Raw.to(quick.port());
        Raw later = Raw.to(quick.port());
        Raw newlines = Raw.to(quick.port())) {
      partly.write(GET);
      newlines.write("\r\n");
      assertThat(later.write(GET + "\r\n" + GET).readReply()).startsWith("HTTP/1.1 200 ");
      for (Raw raw : List.of(silent, partly, later, newlines)) {
        assertThat(raw.readAll()).isEmpty();
      }
    }
  }

  @Test
  void aBodyThatDoesNotComeWithinItsRoutesDeadlineIsRefused() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write("POST /loans/ada/burn HTTP/1.1\r\nHost: x\r\nContent-Length: 39\r\n\r\n{");
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 408 ")
          .contains(
              "body must come whole within the deadline of its path, but did not: send it faster");
    }
    assertThat(library.asked).isEmpty();
  }

  @Test
  void silentOnesGiveWayToEachOtherAndNotThoseWhoSpoke() throws IOException {
    try (Fixture small = fixture(PATIENT, new EdgeSettings.Room(2, 2, 100));
        Raw spoke = Raw.to(small.port())) {
      assertThat(spoke.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      List<Raw> silent = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        silent.add(Raw.from("127.0.0.2", small.port()));
      }
      assertThat(silent.get(0).readAll()).isEmpty();
      assertThat(silent.get(1).readAll()).isEmpty();
      assertThat(silent.get(3).write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      assertThat(spoke.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      closeAll(silent);
    }
  }

  @Test
  void theLongestIdleOneGivesWayToACallerWhoSpeaks() throws IOException {
    try (Fixture small = fixture(PATIENT, new EdgeSettings.Room(2, 3, 100));
        Raw first = Raw.to(small.port());
        Raw second = Raw.to(small.port());
        Raw third = Raw.to(small.port())) {
      assertThat(first.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      second.write(POST + "Expect: 100-continue\r\nContent-Length: 39\r\n\r\n");
      assertThat(second.readReply()).startsWith("HTTP/1.1 100 ");
      assertThat(first.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      assertThat(third.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      assertThat(second.readAll()).as("had a slow body").isEmpty();
      assertThat(first.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void whoSpeaksIsRefusedWhenAllOthersAreBusy() throws Exception {
    try (Fixture small = fixture(PATIENT, new EdgeSettings.Room(1, 2, 100));
        Raw busy = Raw.to(small.port());
        Raw more = Raw.to(small.port())) {
      CompletableFuture<CallResult<Object>> ending = new CompletableFuture<>();
      small.asker = _ -> ending;
      busy.write(POST + "Content-Length: 39\r\n\r\n" + Fixture.LOAN);
      for (long end = System.nanoTime() + ofSeconds(20).toNanos(); small.asked.isEmpty(); ) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
      assertThat(more.write(GET + "\r\n").readAll())
          .startsWith("HTTP/1.1 503 ")
          .contains("Hormesis-Refused: overloaded", "Retry-After: 1")
          .contains(
              "connections that have called must be at most 1, but are more: try again after 1 s");
      ending.complete(Fixture.replied("done"));
      assertThat(busy.readReply()).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void anAddressHasACapOfItsOwn() throws IOException {
    try (Fixture small = fixture(PATIENT, new EdgeSettings.Room(100, 100, 3));
        Raw caller = Raw.to(small.port())) {
      assertThat(caller.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      List<Raw> attackers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        attackers.add(Raw.from("127.0.0.2", small.port()));
      }
      for (Raw first : attackers.subList(0, 3)) {
        assertThat(first.readAll()).isEmpty();
      }
      for (Raw last : attackers.subList(3, 6)) {
        assertThat(last.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(caller.write(GET + "\r\n").readReply()).startsWith("HTTP/1.1 200 ");
      closeAll(attackers);
    }
  }

  @Test
  void aServerThatDrainsSendsItsCallersElsewhere() throws IOException {
    try (Fixture draining = new Fixture();
        Raw raw = Raw.to(draining.port())) {
      draining.front.drain();
      assertThat(raw.write(GET + "\r\n").readReply())
          .startsWith("HTTP/1.1 503 ")
          .contains("Hormesis-Refused: draining")
          .contains(
              "server must serve, but takes no more calls for it is about to stop: turn to another edge");
      assertThat(draining.asked).isEmpty();
    }
  }

  private void await(int asked) {
    long end = System.nanoTime() + ofSeconds(20).toNanos();
    while (library.asked.size() < asked) {
      assertThat(System.nanoTime()).as("asked in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Fixture fixture(EdgeSettings.Times times, EdgeSettings.Room places) {
    return new Fixture(new EdgeSettings("127.0.0.1", 0, 64 * 1024, times, places));
  }

  private static void closeAll(List<Raw> connections) throws IOException {
    for (Raw raw : connections) {
      raw.close();
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
