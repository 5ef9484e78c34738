package io.hormesis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What repeats in the log of a server is counted. */
final class RepeatedEventsTest {
  private final AtomicLong now = new AtomicLong(5);
  private final RepeatedEvents repeated = new RepeatedEvents(now::get);
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> kept = new ListAppender<>();

  @BeforeEach
  void listen() {
    kept.start();
    root.addAppender(kept);
    context.addTurboFilter(repeated);
  }

  @AfterEach
  void leave() {
    context.getTurboFilterList().remove(repeated);
    root.detachAppender(kept);
  }

  @Test
  void aFloodIsAFewLinesAndANumber() {
    log("io.hormesis.test.Flood", 1254);
    assertThat(texts()).hasSize(20).last().isEqualTo("stranger 19 knocked");

    repeated.tell();
    assertThat(texts()).as("its window is not over").hasSize(20);

    now.addAndGet(RepeatedEvents.WINDOW_NANOS);
    repeated.tell();
    assertThat(texts())
        .hasSize(21)
        .last()
        .isEqualTo("... and 1,234 more like: stranger {} knocked");
  }

  @Test
  void inANewWindowTheFirstFewAreToldAgain() {
    log("io.hormesis.test.Again", 30);
    now.addAndGet(RepeatedEvents.WINDOW_NANOS);
    repeated.tell();
    log("io.hormesis.test.Again", 1);
    assertThat(texts()).hasSize(22).last().isEqualTo("stranger 0 knocked");
  }

  @Test
  void nothingIsSaidOfWhatWasToldInFull() {
    log("io.hormesis.test.Few", 20);
    now.addAndGet(RepeatedEvents.WINDOW_NANOS);
    repeated.tell();
    assertThat(texts()).hasSize(20);
  }

  @Test
  void whatAnAuthorLogsIsHis() {
    log("com.example.shop.Till", 100);
    assertThat(texts()).hasSize(100);
  }

  private List<String> texts() {
    return kept.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void log(String name, int times) {
    for (int i = 0; i < times; i++) {
      context.getLogger(name).warn("stranger {} knocked", i);
    }
  }
}
