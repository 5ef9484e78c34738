package io.hormesis.cluster;

import static io.hormesis.cluster.ConnectedServer.awaitThat;
import static io.hormesis.cluster.ConnectedServer.free;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What strangers at the port between servers can do: nothing that others feel. */
final class LinkFloodTest {
  private static final long MUCH_MEMORY = 64L * 1024 * 1024;
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final RepeatedEvents repeated = new RepeatedEvents(System::nanoTime);

  @BeforeEach
  void listen() {
    logged.start();
    root.addAppender(logged);
    context.addTurboFilter(repeated);
  }

  @AfterEach
  void leave() {
    context.getTurboFilterList().remove(repeated);
    root.detachAppender(logged);
  }

  @Test
  void aHundredConnectionsOfRandomBytesHinderNobody() throws Exception {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.reaches(b, Priority.SYSTEM, "before");
      List<CompletableFuture<Void>> flood = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        SplittableRandom random = new SplittableRandom(i);
        flood.add(CompletableFuture.runAsync(() -> randomBytes(b1, random), THREADS));
      }
      int during = 0;
      while (flood.stream().anyMatch(it -> !it.isDone())) {
        a.reaches(b, Priority.REQUEST, "during " + during++);
      }
      flood.forEach(CompletableFuture::join);
      a.reaches(b, Priority.REQUEST, "after");

      assertThat(a.evidence).as("a1 was never cut off").containsExactly("b1 connected 2");
      assertThat(b.link.strangersTurnedAway()).isGreaterThan(100);
      assertThat(logged.list).hasSizeLessThan(100);
      assertThat(directMemory()).isLessThan(MUCH_MEMORY);
    }
  }

  /** Comes back as often as it is sent away. */
  private static void randomBytes(ServerAddress server, SplittableRandom random) {
    for (int i = 0; i < 5; i++) {
      try (Stranger stranger = new Stranger(server)) {
        byte[] bytes = new byte[32 * 1024];
        random.nextBytes(bytes);
        stranger.write(random.nextInt(), bytes);
        assertThat(stranger.isClosed()).isTrue();
      } catch (IOException reset) {
        // It was sent away before it had said all.
      }
    }
  }

  @Test
  void twoHundredForgedFramesReachNobodyWhoIsNotGreeted() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer b = new ConnectedServer(b1, 2);
        Stranger stranger = new Stranger(b1)) {
      try {
        for (int i = 0; i < 200; i++) {
          stranger.packet(1, new byte[35]);
        }
      } catch (IOException reset) {
        // It was sent away before it had said all.
      }
      assertThat(stranger.isClosed()).isTrue();
      assertThat(b.frames).isEmpty();
    }
  }

  @Test
  void whoPromisesMuchAndSendsLittleTakesNoMemory() throws IOException {
    ServerAddress b1 = free("b1");
    List<Stranger> strangers = new ArrayList<>();
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      for (int i = 0; i < Entrance.MOST_STRANGERS; i++) {
        Stranger stranger = new Stranger(b1);
        strangers.add(stranger);
        stranger.write(0x48_00_04_00, new byte[1000]); // of a greeting of 1024
      }
      a.reaches(b, Priority.REQUEST, "others are served");
      assertThat(directMemory()).isLessThan(MUCH_MEMORY);
      for (Stranger stranger : strangers) {
        assertThat(stranger.isClosed()).as("who does not greet is sent away").isTrue();
      }
    } finally {
      for (Stranger stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void whoTakesTheNameOfAServerDoesNotDriveItOut() throws IOException {
    ServerAddress b1 = free("b1");
    List<Stranger> strangers = new ArrayList<>();
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.reaches(b, Priority.REQUEST, "before");
      for (int i = 0; i < 2 * Entrance.MOST_OF_A_KIND; i++) {
        Stranger stranger = new Stranger(b1);
        strangers.add(stranger);
        stranger.packet(
            0x48, new Greeting(ConnectedServer.SYSTEM, "a1", "b1", 99, Priority.REQUEST).encode());
        stranger.write(1 << 24 | Carrier.FRAME_LIMIT, new byte[100_000]);
      }
      awaitThat("the surplus is sent away", () -> b.link.strangersTurnedAway() > 0);
      a.reaches(b, Priority.REQUEST, "after");
      assertThat(a.evidence).containsExactly("b1 connected 2");
      assertThat(b.evidence).containsExactly("a1 connected 1");
      assertThat(directMemory()).isLessThan(MUCH_MEMORY);
    } finally {
      for (Stranger stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void anotherSystemAndAnotherServerAreNotTalkedTo() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer b = new ConnectedServer(b1, 2, free("a1"))) {
      for (Greeting wrong :
          List.of(
              new Greeting("4712", "a1", "b1", 1, Priority.SYSTEM),
              new Greeting("4711", "a1", "c1", 1, Priority.SYSTEM),
              new Greeting("4711", "x9", "b1", 1, Priority.SYSTEM))) {
        try (Stranger stranger = new Stranger(b1)) {
          stranger.packet(0x48, wrong.encode());
          assertThat(stranger.isClosed()).isTrue();
        }
      }
      try (Stranger right = new Stranger(b1)) {
        right.greet("a1", "b1", Priority.SYSTEM);
        right.packet(1, "taken".getBytes(UTF_8));
        awaitThat("the right one is heard", () -> b.times("a1: taken") == 1);
      }
    }
  }

  private static long directMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
