package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.ServerEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalFeedTest {
  private static final ServerEvent.Noticed GONE = new ServerEvent.ServerGone("a1");
  private static final ServerEvent.Noticed ELECTED = new ServerEvent.Elected("loans", 2, 7);

  @Test
  void whoFollowsHearsUntilHeEndsItAndTheViewHearsAll() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    View view = new PlainView(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    view.ready(List.of(), 0, Duration.ZERO);
    SignalFeed feed = new SignalFeed(view);
    List<ServerEvent.Noticed> heard = new ArrayList<>();
    try (var _ = feed.follow(heard::add)) {
      feed.noticed("b1", GONE);
    }
    feed.noticed("b1", ELECTED);
    view.close();
    assertThat(heard).containsExactly(GONE);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("loans/2 is led by b1");
  }
}
