package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.process.RequestId;
import io.hormesis.server.TestTown.Echoes;
import io.hormesis.server.TestTown.Tills;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels with a request through whole servers. */
class HandledRequestTest {
  @TempDir Path folder;
  private SmallSystem system;

  @BeforeEach
  void start() throws IOException {
    system = new SmallSystem(folder);
    for (String name : new String[] {"a1", "b1", "c1"}) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> system.server(name).state().value() == ServerState.READY);
    }
  }

  @AfterEach
  void stop() throws IOException {
    system.close();
  }

  @Test
  void aWorkerReadsTheRequestThatItHandles() {
    Trace trace = Trace.named("a caller's");
    RequestContext context = RequestContext.begin(trace, Priority.REQUEST);
    CallResult<Object> result =
        system
            .server("a1")
            .asker()
            .ask(new Ask(new Echoes.Say("who asks?"), Duration.ofSeconds(20), context))
            .orTimeout(30, TimeUnit.SECONDS)
            .join();
    assertThat(((Echoes.Said) ((CallResult.Replied<?>) result).value()).text())
        .matches("h-\\w{24}, trace " + trace.traceId() + ", attempt 1, in time");
  }

  @Test
  void theTraceOfARequestGoesOnThroughTheOutbox() {
    Trace trace = Trace.named("a caller's");
    RequestContext context = RequestContext.begin(trace, Priority.REQUEST);
    system
        .server("a1")
        .asker()
        .ask(new Ask(add("k-9", "t", 1), Duration.ofSeconds(20), context))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
    Signal.CallBegan notice =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    system.signals.stream()
                        .filter(Signal.CallBegan.class::isInstance)
                        .map(Signal.CallBegan.class::cast)
                        .filter(it -> it.by().equals("outbox"))
                        .filter(it -> it.context().trace().sameTrace(trace))
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    assertThat(notice.context().priority()).isEqualTo(Priority.BACKGROUND);
    assertThat(notice.context().trace().parent()).isEqualTo(trace.span());
  }

  @Test
  void aKeyWhoseWorkerNeverComesBackIsFreedAndItsLateStepIsRefused() {
    try {
      CallResult<Object> stuck =
          system
              .asking("a1", add("k-1", "stuck", TestTown.STUCK), Duration.ofSeconds(1))
              .orTimeout(30, TimeUnit.SECONDS)
              .join();
      assertThat(stuck).isInstanceOf(CallResult.Unknown.class);
      assertThat(system.replied("b1", add("k-2", "stuck", 5))).isEqualTo(new Tills.Sum(5));
      assertThat(system.signals)
          .filteredOn(Signal.WorkerFailed.class::isInstance)
          .extracting(it -> ((Signal.WorkerFailed) it).failure())
          .anyMatch(Failure.Slow.class::isInstance);
    } finally {
      TestTown.HANGING.countDown();
    }
    await("the late step changes nothing")
        .atMost(Duration.ofSeconds(30))
        .during(Duration.ofSeconds(1))
        .until(() -> system.replied("b1", new Tills.Show("stuck")).equals(new Tills.Sum(5)));
  }

  private static Tills.Add add(String id, String till, long amount) {
    return new Tills.Add(new RequestId(id), till, amount);
  }
}
