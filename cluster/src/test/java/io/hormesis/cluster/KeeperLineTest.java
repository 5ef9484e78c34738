package io.hormesis.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeeperLineTest {
  private static final ServerEvent ELECTED = new ServerEvent.Elected("desk", 1, 7);
  private static final ServerEvent READY = new ServerEvent.StateChanged(ServerState.READY, "");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void eventsAreLinesInTheirOrder() {
    KeeperLine line = KeeperLine.on(new PrintStream(bytes, true, UTF_8));
    line.accept(new ServerEvent.Started(7));
    line.accept(ELECTED);
    line.accept(READY);
    line.close();
    line.accept(READY);
    assertThat(bytes.toString(UTF_8).lines().map(KeeperProtocol::event))
        .containsExactly(
            Optional.of(new ServerEvent.Started(7)), Optional.of(ELECTED), Optional.of(READY));
  }

  @Test
  void aKeeperThatReadsNothingHoldsNobodyUpAndMissesNoState() {
    CountDownLatch reads = new CountDownLatch(1);
    KeeperLine line = KeeperLine.on(new PrintStream(held(reads), true, UTF_8));
    for (int i = 0; i < 5_000; i++) {
      line.accept(ELECTED);
    }
    line.accept(READY);
    reads.countDown();
    line.close();
    assertThat(bytes.toString(UTF_8).lines()).hasSizeBetween(1_000, 1_010);
    assertThat(bytes.toString(UTF_8).lines().toList().getLast())
        .isEqualTo(KeeperProtocol.line(READY));
  }

  private OutputStream held(CountDownLatch until) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        try {
          until.await();
          bytes.write(b);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
