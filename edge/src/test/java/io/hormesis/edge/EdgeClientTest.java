package io.hormesis.edge;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.CallResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EdgeClientTest {
  private static final EdgeRequest LEND = EdgeRequest.post("/loans", Fixture.LOAN, "k-1");
  private static final EdgeRequest LEND_WITHOUT_KEY =
      new EdgeRequest("POST", "/sort", Map.of(), "{}");
  private static final EdgeRequest BURN_WITHOUT_KEY =
      new EdgeRequest("POST", "/loans/ada/burn", Map.of(), "");

  @Test
  void allEdgesAreUsedInTurn() throws Exception {
    try (Fixture a = new Fixture();
        Fixture b = new Fixture();
        Fixture c = new Fixture();
        EdgeClient client = client(uri(a), uri(b), uri(c))) {
      Set<URI> edges = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        EdgeReply reply = send(client, LEND, ofSeconds(20));
        assertThat(reply.status()).isEqualTo(201);
        edges.add(reply.edge());
      }
      assertThat(edges).containsExactlyInAnyOrder(uri(a), uri(b), uri(c));
    }
  }

  @Test
  void anotherEdgeRepliesWhenConnectionsAreRefused() throws Exception {
    try (Fixture a = new Fixture();
        EdgeClient client = client(Puppet.closed(), Puppet.closed(), uri(a))) {
      for (int i = 0; i < 6; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).edge()).isEqualTo(uri(a));
      }
    }
  }

  @Test
  void anotherEdgeRepliesWhenConnectionsAreReset() throws Exception {
    try (Fixture a = new Fixture();
        Puppet reset = Puppet.resetting();
        EdgeClient client = client(reset.uri(), uri(a))) {
      for (int i = 0; i < 6; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).edge()).isEqualTo(uri(a));
      }
      assertThat(reset.calls).hasPositiveValue();
    }
  }

  @Test
  void anotherEdgeRepliesWhenOneDiesOverTheRequest() throws Exception {
    try (Fixture a = new Fixture();
        Puppet dying = Puppet.dying();
        EdgeClient client = client(dying.uri(), uri(a))) {
      for (int i = 0; i < 6; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).edge()).isEqualTo(uri(a));
      }
      assertThat(dying.calls).hasPositiveValue();
    }
  }

  @Test
  void manyRequestsAtOnceSurviveTheDeathOfAnEdge() throws Exception {
    try (Fixture a = new Fixture();
        Fixture b = new Fixture();
        Fixture c = new Fixture();
        EdgeClient client = client(uri(a), uri(b), uri(c))) {
      for (int i = 0; i < 500; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).status()).isEqualTo(201);
      }
      List<CompletableFuture<EdgeReply>> replies = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        replies.add(client.send(LEND, ofSeconds(20)));
        if (i == 50) {
          b.edge().close();
        }
      }
      for (CompletableFuture<EdgeReply> reply : replies) {
        assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(201);
      }
    }
  }

  @Test
  void anEdgeThatComesBackIsUsedAgain() throws Exception {
    try (Fixture a = new Fixture();
        Fixture b = new Fixture();
        EdgeClient client = client(uri(a), uri(b))) {
      b.edge().close();
      for (int i = 0; i < 4; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).edge()).isEqualTo(uri(a));
      }
      try (Fixture again = new Fixture(EdgeSettings.on("127.0.0.1", b.port()))) {
        long end = System.nanoTime() + ofSeconds(30).toNanos();
        while (again.asked.isEmpty() && System.nanoTime() < end) {
          assertThat(send(client, LEND, ofSeconds(20)).status()).isEqualTo(201);
        }
        assertThat(again.asked).isNotEmpty();
      }
    }
  }

  @Test
  void anotherEdgeRepliesWhenOneSaysNothing() throws Exception {
    try (Fixture a = new Fixture();
        Puppet silent = Puppet.silent();
        EdgeClient client = client(silent.uri(), uri(a))) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(client, LEND, ofSeconds(10)).edge()).isEqualTo(uri(a));
      }
      assertThat(silent.calls).hasPositiveValue();
    }
  }

  @Test
  void anEdgeThatDiesInTheMiddleOfEverythingIsNotNoticed() throws Exception {
    try (Fixture a = new Fixture();
        Fixture b = new Fixture();
        EdgeClient client = client(uri(a), uri(b))) {
      for (int i = 0; i < 20; i++) {
        if (i == 10) {
          b.edge().close();
        }
        assertThat(send(client, LEND, ofSeconds(20)).status()).isEqualTo(201);
      }
      assertThat(b.asked).as("the dead edge had been used").isNotEmpty();
    }
  }

  @Test
  void aWriteWithoutAKeyIsNotSentAgainWhenItMayHaveArrived() throws Exception {
    try (Puppet one = Puppet.resetting();
        Puppet other = Puppet.resetting();
        EdgeClient client = client(one.uri(), other.uri())) {
      assertThatThrownBy(() -> send(client, LEND_WITHOUT_KEY, ofSeconds(20)))
          .isInstanceOfSatisfying(
              NoReplyException.class, it -> assertThat(it.perhapsDone()).isTrue())
          .hasMessageStartingWith(
              "POST /sort must get a reply from one of 2 edges, but got none (http://127.0.0.1:")
          .hasMessageEndingWith("perhaps it was done, ask again under the same key");
      assertThat(one.calls.get() + other.calls.get()).isEqualTo(1);
    }
  }

  @Test
  void whenNobodyListensItWasCertainlyNotDone() throws Exception {
    try (EdgeClient client = client(Puppet.closed(), Puppet.closed())) {
      assertThatThrownBy(() -> send(client, LEND, ofSeconds(20)))
          .isInstanceOfSatisfying(
              NoReplyException.class, it -> assertThat(it.perhapsDone()).isFalse())
          .hasMessageEndingWith("refused): it was not done, see whether the system runs");
    }
  }

  @Test
  void silenceEverywhereEndsByTheDeadline() throws Exception {
    try (Puppet silent = Puppet.silent();
        EdgeClient client = client(silent.uri())) {
      assertThatThrownBy(() -> send(client, LEND, ofMillis(200)))
          .isInstanceOfSatisfying(
              NoReplyException.class, it -> assertThat(it.perhapsDone()).isTrue())
          .hasMessageContaining("said nothing for ");
    }
  }

  @Test
  void whatIsOverloadedIsNotAskedAgain() throws Exception {
    try (Fixture a = new Fixture(EdgeSettings.on("127.0.0.1", 0), new FixedAdmission(1));
        Fixture b = new Fixture();
        EdgeClient full = client(uri(a));
        EdgeClient client = client(uri(a), uri(b))) {
      CompletableFuture<CallResult<Object>> ending = new CompletableFuture<>();
      a.asker = _ -> ending;
      CompletableFuture<EdgeReply> first = full.send(LEND, ofSeconds(30));
      for (long end = System.nanoTime() + ofSeconds(20).toNanos(); a.asked.isEmpty(); ) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
      EdgeReply one = send(client, LEND, ofSeconds(20));
      EdgeReply other = send(client, LEND, ofSeconds(20));
      assertThat(List.of(one.status(), other.status())).containsExactlyInAnyOrder(503, 201);
      EdgeReply refused = one.status() == 503 ? one : other;
      assertThat(refused.header("Hormesis-Refused")).contains("overloaded");
      assertThat(refused.header("Retry-After")).contains("1");
      ending.complete(Fixture.replied("done"));
      assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(201);
    }
  }

  @Test
  void anEdgeThatDrainsIsLeftForAnotherOneAtOnce() throws Exception {
    try (Fixture a = new Fixture();
        Fixture b = new Fixture();
        EdgeClient client = client(uri(a), uri(b))) {
      b.front.drain();
      for (int i = 0; i < 4; i++) {
        assertThat(send(client, BURN_WITHOUT_KEY, ofSeconds(20)).edge()).isEqualTo(uri(a));
      }
      assertThat(b.asked).isEmpty();
    }
  }

  @Test
  void newEdgesAreLearntAndThoseThatAreGoneForgotten() throws Exception {
    try (Fixture a = new Fixture();
        Fixture b = new Fixture();
        Fixture c = new Fixture();
        EdgeClient client = client(uri(a), uri(b))) {
      EdgeList news = new EdgeList(7, List.of(uri(b), uri(c)));
      b.edges = news;
      c.edges = news;
      for (int i = 0; i < 8; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).status()).isEqualTo(201);
      }
      assertThat(a.asked).hasSizeLessThanOrEqualTo(1);
      assertThat(c.asked).hasSizeGreaterThanOrEqualTo(3);
      EdgeReply reply = send(client, LEND, ofSeconds(20));
      assertThat(reply.header("Hormesis-Edges")).as("what is known is not told again").isEmpty();

      b.edge().close();
      c.edge().close();
      assertThat(send(client, LEND, ofSeconds(20)).edge()).as("named first").isEqualTo(uri(a));
    }
  }

  @Test
  void anOlderListIsNotLearnt() throws Exception {
    try (Fixture a = new Fixture();
        EdgeClient client = client(uri(a))) {
      a.edges = new EdgeList(7, List.of(uri(a)));
      assertThat(send(client, LEND, ofSeconds(20)).header("Hormesis-Edges"))
          .contains("7 " + uri(a));
      a.edges = new EdgeList(6, List.of(Puppet.closed()));
      for (int i = 0; i < 3; i++) {
        assertThat(send(client, LEND, ofSeconds(20)).status()).isEqualTo(201);
      }
    }
  }

  @Test
  void aRefusalIsHandedOn() throws Exception {
    String busy =
        "HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nX-Place: b\r\nContent-Length: 4\r\n\r\nbusy";
    try (Puppet puppet = Puppet.replying(busy);
        EdgeClient client = client(puppet.uri())) {
      assertThat(send(client, LEND, ofSeconds(20)))
          .isEqualTo(
              new EdgeReply(
                  503,
                  Map.of("retry-after", "60", "x-place", "b", "content-length", "4"),
                  "busy",
                  puppet.uri()));
      assertThat(puppet.calls).hasValue(1);
    }
  }

  @Test
  void aRefusalAfterALostTryIsNoProofThatNothingWasDone() throws Exception {
    boolean lost = lendWhereOneDiesAndOneRefuses(true);
    assertThat(lendWhereOneDiesAndOneRefuses(false)).as("the other door first").isEqualTo(!lost);
  }

  /** Gives whether a try was lost; checks that only then the refusal is not believed. */
  private static boolean lendWhereOneDiesAndOneRefuses(boolean inThisOrder) throws Exception {
    String busy = "HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nContent-Length: 4\r\n\r\nbusy";
    try (Puppet dying = Puppet.dying();
        Puppet refusing = Puppet.replying(busy);
        EdgeClient client =
            inThisOrder
                ? client(dying.uri(), refusing.uri())
                : client(refusing.uri(), dying.uri())) {
      CompletableFuture<EdgeReply> reply = client.send(LEND, ofSeconds(20));
      Throwable failure = reply.handle((_, why) -> why).get(60, TimeUnit.SECONDS);
      if (dying.calls.get() == 0) {
        assertThat(reply.join().status()).isEqualTo(503);
        return false;
      }
      assertThat(failure)
          .isInstanceOfSatisfying(
              NoReplyException.class, it -> assertThat(it.perhapsDone()).isTrue())
          .hasMessage(
              "POST /loans must get a reply from one of 2 edges, but got none (%s refused it after a try that got no reply): perhaps it was done, ask again under the same key"
                  .formatted(refusing.uri()));
      return true;
    }
  }

  @Test
  void aClosedClientFailsAtOnce() throws Exception {
    try (Fixture a = new Fixture()) {
      EdgeClient client = client(uri(a));
      client.close();
      assertThatThrownBy(() -> send(client, LEND, ofSeconds(20))).isInstanceOf(Exception.class);
      assertThat(a.asked).isEmpty();
    }
  }

  private static EdgeClient client(URI... edges) {
    return EdgeClient.of(List.of(edges), new Random(7));
  }

  private static URI uri(Fixture fixture) {
    return URI.create("http://127.0.0.1:" + fixture.port());
  }

  private static EdgeReply send(EdgeClient client, EdgeRequest request, Duration within)
      throws Exception {
    try {
      return client.send(request, within).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException it ? it : e;
    }
  }
}
