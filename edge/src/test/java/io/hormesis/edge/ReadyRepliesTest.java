package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadyRepliesTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final ReadyReplies replies = new ReadyReplies(loop);
  private final List<String> written = new ArrayList<>();

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  @Test
  void theyAreWrittenBetweenTwoRequestsOfOneTurn() {
    turn(() -> {
      replies.execute(() -> written.add("a reply"));
      written.add("a request is read");
      replies.writeThose();
      written.add("the next request is read");
    });
    assertThat(written).containsExactly("a request is read", "a reply", "the next request is read");
  }

  @Test
  void theyAreWrittenWhenNothingIsRead() {
    replies.execute(() -> written.add("first"));
    turn(() -> {});
    replies.execute(() -> written.add("second"));
    turn(() -> {});
    assertThat(written).containsExactly("first", "second");
  }

  @Test
  void aReplyThatLetsTheNextRequestBeReadIsEndedBeforeOthersBegin() {
    turn(() -> {
      replies.execute(() -> {
        replies.writeThose();
        written.add("first");
      });
      replies.execute(() -> written.add("second"));
      replies.writeThose();
    });
    assertThat(written).containsExactly("first", "second");
  }

  /** What the loop does at once, and all that it had to do by then. */
  private void turn(Runnable what) {
    loop.submit(what).syncUninterruptibly();
  }
}
