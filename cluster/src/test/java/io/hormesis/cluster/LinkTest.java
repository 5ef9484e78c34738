package io.hormesis.cluster;

import static io.hormesis.cluster.ConnectedServer.awaitThat;
import static io.hormesis.cluster.ConnectedServer.free;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames between servers that live. */
final class LinkTest {

  @Test
  void framesOfEachPriorityGoBothWays() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      for (Priority priority : Priority.values()) {
        a.reaches(b, priority, "there " + priority);
        b.reaches(a, priority, "back " + priority);
      }
      assertThat(a.evidence).containsExactly("b1 connected 2");
      assertThat(b.evidence).containsExactly("a1 connected 1");
    }
  }

  @Test
  void framesOfOnePriorityKeepTheirOrderAndLoseNothingWhileTheConnectionStands()
      throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.reaches(b, Priority.REQUEST, "hello");
      long droppedBefore = a.link.dropped(Priority.REQUEST);
      List<String> came = new CopyOnWriteArrayList<>();
      b.onFrame(came::add);
      List<String> sent = IntStream.range(0, 2000).mapToObj(it -> "number " + it).toList();
      sent.forEach(it -> a.send("b1", Priority.REQUEST, it));
      awaitThat("the last comes", () -> came.contains(sent.getLast()));
      came.removeIf("hello"::equals);
      assertThat(came).isEqualTo(sent);
      assertThat(a.link.dropped(Priority.REQUEST)).isEqualTo(droppedBefore);
    }
  }

  @Test
  void theLargestFrameIsCarriedAndALargerOneIsRefused() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.reaches(b, Priority.BACKGROUND, "x".repeat(Carrier.FRAME_LIMIT));
      assertThatThrownBy(
              () -> a.link.send("b1", Priority.REQUEST, new byte[Carrier.FRAME_LIMIT + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a frame must have at most 245760 bytes, but had 245761");
    }
  }

  @Test
  void aServerThatJoinsIsReachedAndOneThatLeftIsNot() throws IOException {
    ServerAddress b1 = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address)) {
      a.send("b1", Priority.REQUEST, "too early");
      assertThat(a.link.dropped(Priority.REQUEST)).isEqualTo(1);

      a.link.add(b1);
      a.reaches(b, Priority.REQUEST, "welcome");
      b.reaches(a, Priority.SYSTEM, "thanks");

      a.link.remove("b1");
      awaitThat(
          "a1 lets go",
          () -> {
            a.send("b1", Priority.REQUEST, "too late");
            return a.link.dropped(Priority.REQUEST) > 1;
          });
      awaitThat(
          "b1 is not heard any more",
          () -> {
            b.send("a1", Priority.SYSTEM, "still there?");
            return b.link.dropped(Priority.SYSTEM) > 0;
          });
      assertThat(a.evidence).as("leaving is no end").containsExactly("b1 connected 2");
      assertThat(b.evidence).doesNotContain("a1 ended 1");
    }
  }

  @Test
  void theServersAreThoseOfTheLatestList() throws IOException {
    ServerAddress b1 = free("b1");
    ServerAddress c1 = free("c1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, b1);
        ConnectedServer b = new ConnectedServer(b1, 2, a.address);
        ConnectedServer c = new ConnectedServer(c1, 3, a.address)) {
      a.reaches(b, Priority.REQUEST, "before");
      a.link.follow(List.of(a.address, b1, c1));
      a.reaches(c, Priority.REQUEST, "joined");
      a.link.follow(List.of(a.address, c1));
      a.reaches(c, Priority.REQUEST, "stays");
      awaitThat(
          "b1 is let go",
          () -> {
            b.send("a1", Priority.SYSTEM, "still there?");
            return b.link.dropped(Priority.SYSTEM) > 0;
          });
      assertThat(a.evidence).containsExactlyInAnyOrder("b1 connected 2", "c1 connected 3");
    }
  }

  @Test
  void aServerThatMovedIsFoundAtItsNewAddress() throws IOException {
    ServerAddress before = free("b1");
    ServerAddress after = free("b1");
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1, before);
        ConnectedServer b = new ConnectedServer(after, 2, a.address)) {
      a.link.add(after);
      a.reaches(b, Priority.REQUEST, "found");
    }
  }

  @Test
  void aPortInUseIsNamedWithTheNextStep() throws IOException {
    try (ConnectedServer a = new ConnectedServer(free("a1"), 1)) {
      assertThatThrownBy(() -> Link.open("4711", a.address, 3))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "port %d must be free for the link to other servers, but cannot be bound ("
                  .formatted(a.address.carrier()))
          .hasMessageEndingWith("): stop what listens there, or choose other ports with --port N");
    }
  }
}
