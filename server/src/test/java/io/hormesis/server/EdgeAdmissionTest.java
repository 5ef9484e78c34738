package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Admission;
import io.hormesis.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EdgeAdmissionTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final EdgeAdmission admission =
      new EdgeAdmission(
          new Clock() {
            @Override
            public long nanos() {
              return millis.get() * 1_000_000;
            }

            @Override
            public Instant now() {
              return Instant.ofEpochMilli(millis.get());
            }
          });

  @Test
  void whoComesWhileTheLimitIsReachedIsRefusedWithIt() {
    List<Admission.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      entries.add(admission.enter(DEADLINE, Duration.ZERO));
    }
    assertThat(entries.subList(0, 64)).allMatch(it -> it instanceof Admission.Entry.Permit);
    assertThat(entries.getLast())
        .isEqualTo(
            new Admission.Entry.Turned(
                "requests under way must be at most 64 here now, but are more",
                Duration.ofSeconds(1)));
    assertThat(admission.full(Duration.ZERO)).contains((Admission.Entry.Turned) entries.getLast());
  }

  @Test
  void aBurstThatWaitsBeforeTheDoorIsLetIn() {
    assertThat(entering(Duration.ofMillis(900))).isInstanceOf(Admission.Entry.Permit.class);
  }

  @Test
  void aQueueThatStandsBeforeTheDoorIsCutToWhatCanStillBeDoneWell() {
    for (int i = 0; i < 20; i++) {
      entering(Duration.ofMillis(300));
      millis.addAndGet(100);
    }
    assertThat(entering(Duration.ofMillis(399))).isInstanceOf(Admission.Entry.Permit.class);
    assertThat(entering(Duration.ofMillis(401)))
        .isEqualTo(
            new Admission.Entry.Turned(
                "requests must be read within 400 ms, but wait longer here",
                Duration.ofSeconds(1)));
    assertThat(admission.full(Duration.ofMillis(401))).isPresent();
    assertThat(admission.full(Duration.ofMillis(399))).isEmpty();
  }

  /** One that is done at once, so that the limit is never reached. */
  private Admission.Entry entering(Duration waited) {
    Admission.Entry entry = admission.enter(DEADLINE, waited);
    if (entry instanceof Admission.Entry.Permit permit) {
      permit.leave(Admission.Leave.OTHER);
    }
    return entry;
  }
}
