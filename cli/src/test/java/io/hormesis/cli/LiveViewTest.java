package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.keeper.PortPlan;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees on the screen of a terminal. */
final class LiveViewTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ScreenTerminal.VirtualTerminal window;
  private LiveView view;

  @BeforeEach
  void open() throws IOException {
    window = ScreenTerminal.withTerminal("screen", "xterm-256color", 100, 24);
    view = new LiveView(window.terminal());
    view.starting("library", PortPlan.of(3, 2, 7400), Path.of("/data"));
  }

  @AfterEach
  void close() {
    view.close();
  }

  @Test
  void thePictureIsDrawnInItsPlaceAgainAndAgain() {
    for (ServerState state :
        List.of(ServerState.READY, ServerState.DEAD, ServerState.STARTING, ServerState.READY)) {
      view.state("a1", state, "");
      awaitScreen("a1 is " + state.word(), it -> it.contains("a1 " + state.word()));
    }
    assertThat(lines("library, 6 servers")).isEqualTo(1);
    assertThat(lines("a1 ")).isEqualTo(1);
  }

  @Test
  void whatIsToStayIsPrintedAbove() {
    view.givenUp("a1", "it ended too often");
    view.endedWhileRunning("b1", List.of(new InFlightRequest("loans", "Loans.Lend", "4b", "k", 1)));
    awaitScreen(
        "both lines", it -> it.contains("b1 ended while it ran loans Loans.Lend (trace 4b)"));
    view.state("c1", ServerState.READY, "");
    awaitScreen("c1 is ready", it -> it.contains("c1 ready"));
    String screen = screen();
    assertThat(screen.indexOf("a1 is given up for now: it ended too often"))
        .isGreaterThanOrEqualTo(0)
        .isLessThan(screen.indexOf("b1 ended while"));
    assertThat(screen.indexOf("b1 ended while")).isLessThan(screen.indexOf("library, 6 servers"));
    assertThat(lines("library, 6 servers")).isEqualTo(1);
  }

  @Test
  void aNarrowerWindowGetsAPictureThatFits() {
    awaitScreen("the regions side by side", it -> it.matches("(?s).*a1 .*b1 .*c1 .*"));
    window.screen().setSize(Size.of(40, 24));
    window.terminal().setSize(Size.of(40, 24));
    awaitScreen(
        "the regions below each other",
        it -> it.lines().anyMatch(line -> line.strip().matches(". a1 starting")));
    window.screen().setSize(Size.of(120, 30));
    window.terminal().setSize(Size.of(120, 30));
    awaitScreen(
        "the regions side by side again",
        it -> it.lines().anyMatch(line -> line.matches(".*a1 .*b1 .*c1 .*")));
    assertThat(lines("library, 6 servers")).isEqualTo(1);
    assertThat(lines("a1 ")).isEqualTo(1);
  }

  @Test
  void theVerdictTakesThePlaceOfThePicture() {
    awaitScreen("a picture", it -> it.contains("library, 6 servers"));
    view.verdict(List.of("held", "100 requests"));
    assertThat(screen().lines().map(String::strip).filter(it -> !it.isEmpty()))
        .containsExactly("held", "100 requests");
  }

  @Test
  void anEndWithoutAVerdictLeavesThePictureAndTheCursorBelow() {
    awaitScreen("a picture", it -> it.contains("a1 starting"));
    view.close();
    window.screen().write("next prompt");
    String last =
        screen().lines().map(String::strip).filter(it -> !it.isEmpty()).toList().getLast();
    assertThat(last).isEqualTo("next prompt");
    assertThat(lines("library, 6 servers")).isEqualTo(1);
    view.close();
  }

  private long lines(String part) {
    return screen().lines().filter(it -> it.contains(part)).count();
  }

  private void awaitScreen(String what, Predicate<String> shown) {
    await(what).atMost(LIMIT).until(() -> shown.test(screen()));
  }

  private String screen() {
    return window.screen().toString();
  }
}
