package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.keeper.PortPlan;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.server.ServiceState;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.Report;
import io.hormesis.trial.TrialEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DashboardModelTest {
  private final DashboardModel model = new DashboardModel();

  @BeforeEach
  void start() {
    model.starting("library", PortPlan.of(3, 2, 7400), "/data");
    for (String server : List.of("a1", "a2", "b1", "b2", "c2")) {
      model.state(server, ServerState.READY);
    }
    model.state("c1", ServerState.DEAD);
  }

  @Test
  void serversStandInAColumnForEachRegion() {
    assertThat(lines(24, 100))
        .startsWith(
            "library, 6 servers, data in /data  1:05",
            "  ● a1 ready              ● b1 ready              ✗ c1 dead",
            "  ● a2 ready              ● b2 ready              ● c2 ready");
  }

  @Test
  void theLastThatServersNoticedIsShown() {
    for (int partition = 0; partition < 7; partition++) {
      model.noticed("b1", new ServerEvent.Elected("loans", partition, 4));
    }
    model.noticed("b1", new ServerEvent.ServerGone("c1"));
    model.noticed("a1", new ServerEvent.Isolated("greeter", 2_000));
    assertThat(lines(24, 100))
        .contains(
            "  elections   loans/6 on b1, loans/5 on b1, loans/4 on b1, loans/3 on b1, loans/2 on b1",
            "  isolations  greeter on a1 for 2000 ms");
  }

  @Test
  void aWarmUpThatIsNotSteadyYetIsShown() {
    model.on(new TrialEvent.Unsteady(1_200, 100, 40));
    assertThat(lines(24, 100))
        .contains("  load        warming up: 40 of 100 requests got no quick reply");
  }

  @Test
  void theLoadAndTheLastKillAreShown() {
    model.on(second(1, 50, 0));
    model.on(second(2, 51, 2));
    model.on(new TrialEvent.Struck(4600, "kill", "a1", "leads loans/2", List.of("loans/2"), true));
    model.on(new TrialEvent.Struck(9600, "kill", "c1", "leads loans/0", List.of("loans/0"), true));
    model.on(new TrialEvent.Detected("c1", 35));
    model.on(new TrialEvent.Back("c1", "loans/0", 210));
    model.on(new TrialEvent.Back("c1", "greeter", 12));
    model.on(new TrialEvent.Seen(9700, status()));

    assertThat(lines(24, 100))
        .endsWith(
            "  partitions  1 of 2 with all members in sync",
            "  load        51 requests/s, 3 under way",
            "  so far      101 requests, 2 failed, 0 default replies, 2 kills",
            "  last kill   c1 at 9.6 s (leads loans/0), seen after 35 ms",
            "              away: loans/0 210 ms, greeter 12 ms");

    model.on(new TrialEvent.Repaired("c1", 5310));
    model.on(new TrialEvent.Counting(7, 40));
    assertThat(lines(24, 100))
        .contains(
            "  load        ended; read back 7 of 40 writes",
            "              whole again after 5.3 s");
  }

  @Test
  void whatTheMonkeyWaitsForIsShownUntilItKillsOrItIsNotToldAgain() {
    model.on(new TrialEvent.Waits(900, "3 of 480 requests failed in the last 3 s"));
    model.on(second(6, 50, 0));
    assertThat(lines(24, 100)).anyMatch(it -> it.contains("waits"));
    model.on(second(7, 50, 0));
    assertThat(lines(24, 100)).noneMatch(it -> it.contains("waits"));
    model.on(new TrialEvent.Waits(7_900, "3 of 480 requests failed in the last 3 s"));
    assertThat(lines(24, 100)).contains("  waits       3 of 480 requests failed in the last 3 s");
    model.on(new TrialEvent.Struck(4600, "kill", "a1", "runs loans", List.of(), true));
    assertThat(lines(24, 100)).noneMatch(it -> it.contains("waits"));
  }

  @Test
  void aKillThatWasNotMetIsNotCounted() {
    model.on(second(1, 50, 0));
    model.on(new TrialEvent.Struck(4600, "kill", "a1", "runs loans", List.of(), false));
    assertThat(lines(24, 100)).noneMatch(it -> it.contains("1 kills"));
  }

  @Test
  void nothingIsWiderOrHigherThanTheTerminal() {
    model.on(second(1, 50, 0));
    model.on(
        new TrialEvent.Struck(
            4600, "kill", "a1", "leads loans/0, loans/1, loans/2, loans/3", List.of(), true));
    model.on(new TrialEvent.Seen(9700, status()));
    for (int i = 0; i < 30; i++) {
      model.on(new TrialEvent.Back("c1", "loans/" + i, i));
    }
    for (int columns = 1; columns < 140; columns++) {
      for (int rows = 2; rows < 30; rows++) {
        int width = columns;
        assertThat(lines(rows, columns))
            .as("%d rows, %d columns", rows, columns)
            .hasSizeLessThan(rows)
            .allMatch(it -> it.length() < width);
      }
    }
  }

  @Test
  void onANarrowTerminalTheRegionsStandBelowEachOther() {
    assertThat(lines(24, 40).stream().map(String::strip))
        .containsSubsequence("● a1 ready", "● a2 ready", "● b1 ready", "● b2 ready", "✗ c1 dead");
  }

  @Test
  void aStateIsToldByWordAndMarkAndByColourBesides() {
    String coded =
        model.lines(24, 100, Duration.ZERO, StatusGlyphs.ROUND).stream()
            .map(AttributedString::toAnsi)
            .reduce("", String::concat);
    assertThat(coded).contains("\033[32m●\033[0m a1 ready").contains("\033[31m✗\033[0m c1 dead");
  }

  @Test
  void marksAreThoseThatTheTerminalCanShow() {
    assertThat(StatusGlyphs.in(StandardCharsets.UTF_8)).isEqualTo(StatusGlyphs.ROUND);
    assertThat(StatusGlyphs.in(StandardCharsets.US_ASCII)).isEqualTo(StatusGlyphs.ASCII);
  }

  private List<String> lines(int rows, int columns) {
    return model.lines(rows, columns, Duration.ofSeconds(65), StatusGlyphs.ROUND).stream()
        .map(AttributedString::toString)
        .map(it -> it.length() < columns - 1 ? it.stripTrailing() : it)
        .toList();
  }

  private static TrialEvent.Second second(long number, long sent, long failed) {
    return new TrialEvent.Second(
        number, new Report.Requests(sent, sent - failed, 0, 0, failed, failed), 3);
  }

  private static SystemStatus status() {
    return new SystemStatus(
        "4711",
        "library",
        ServiceState.DEGRADED,
        List.of(),
        List.of(),
        List.of(
            new SystemStatus.PartitionStatus("loans", 0, "", List.of("a1", "b1", "c1"), 2),
            new SystemStatus.PartitionStatus("loans", 1, "b1", List.of("a1", "b1", "c2"), 3)));
  }
}
