package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.Linearizability.Result;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Books that are kept on one thread, over a town that is a map. */
class BookkeeperTest {
  private static final TrialCall.Write WRITE = Samples.write("desk", "k");
  private static final long MILLI = 1_000_000;

  private final Map<String, String> town = new HashMap<>();
  private final Bookkeeper books = new Bookkeeper(new SlateLoad(), Duration.ofSeconds(2));

  @Test
  void aWriteThatIsEverywhereOnceIsHonest() {
    accept("r1");
    town.put("/desk/k", "r1");
    town.put("/inbox/k", "r1");
    audit();

    assertThat(account().honest()).isTrue();
    assertThat(account().writes()).isEqualTo(new Report.Writes(1, 0, 0, 0));
    assertThat(account().requests()).isEqualTo(new Report.Requests(1, 1, 0, 0, 0, 0));
    assertThat(books.acknowledged().any(new Random(1)))
        .hasValue(new TrialCall.Acknowledged(WRITE, "r1"));
    assertThat(books.history()).hasValue(new Result.Linearizable());
  }

  @Test
  void aLoadThatKnowsNoReceiptsHasItsWritesCountedButNothingReadBack() {
    var taking = new Bookkeeper(new TakingLoad(), Duration.ofSeconds(2));
    taking.sent("1", WRITE, 0);
    taking.replied("1", reply(201, "done"), MILLI);
    taking.sent("2", WRITE, 0);
    taking.replied("2", reply(400, "wrong"), MILLI);

    assertThat(taking.audit().targets()).isEmpty();
    assertThat(taking.audit().others()).isEmpty();
    assertThat(taking.history()).isEmpty();
    assertThat(taking.acknowledged().any(new Random(1))).isEmpty();
    assertThat(taking.account(MILLI).writes()).isEqualTo(new Report.Writes(1, 0, 0, 1));
    assertThat(taking.account(MILLI).requests()).isEqualTo(new Report.Requests(2, 1, 0, 0, 0, 1));
    assertThat(taking.account(MILLI).honest()).isTrue();
  }

  /** Sends writes without receipts. */
  private static final class TakingLoad implements Load {
    @Override
    public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
      return WRITE;
    }

    @Override
    public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
      return reply.status() == 201
          ? new ReplyMeaning.Taken()
          : new ReplyMeaning.Strange(reply.body());
    }
  }

  @Test
  void anAcknowledgedWriteThatIsNowhereIsLost() {
    accept("r1");
    audit();

    assertThat(account().honest()).isFalse();
    assertThat(account().findings()).containsExactly("lost: receipt r1 is not in desk of k");
  }

  @Test
  void anAcknowledgedWriteThatCannotBeReadIsLost() {
    accept("r1");
    books.audit().targets().forEach(it -> books.audit().settled(it, Optional.empty()));

    assertThat(account().findings())
        .containsExactly("lost: receipt r1 cannot be read from desk: no real reply to /desk/k");
  }

  @Test
  void aWriteThatWasToldTwiceIsDoubled() {
    accept("r1");
    town.put("/desk/k", "r1");
    town.put("/inbox/k", "r1,r1");
    audit();

    assertThat(account().findings())
        .containsExactly("doubled: receipt r1 is 2 times in inbox of k");
  }

  @Test
  void anUnknownWriteMayBeThereButThenEverywhere() {
    books.sent("1", WRITE, 0);
    books.silent("1", true, "cut off", 2_000 * MILLI);
    town.put("/desk/k", "r1");
    audit();

    assertThat(account().writes()).isEqualTo(new Report.Writes(0, 0, 0, 1));
    assertThat(account().findings())
        .containsExactly("untrue: receipt r1 is at the desk that took it, but not in inbox of k");
  }

  @Test
  void anUnknownWriteMayBeNowhere() {
    books.sent("1", WRITE, 0);
    books.silent("1", true, "cut off", 2_000 * MILLI);
    audit();

    assertThat(account().honest()).isTrue();
    assertThat(account().failures()).containsExactly("POST /desk at 0 ms: no reply: cut off");
  }

  @Test
  void aNoticeThatIsNotYetThereIsAskedForAgain() {
    accept("r1");
    books.audit().targets();
    var inbox = EdgeRequest.get("/inbox/k");

    assertThat(books.audit().others()).containsExactly(inbox);
    assertThat(books.audit().enough(inbox, reply(200, ""))).isFalse();
    assertThat(books.audit().enough(inbox, reply(503, ""))).isFalse();
    assertThat(books.audit().enough(inbox, reply(200, "r1"))).isTrue();
  }

  @Test
  void theHistoryTellsAWriteThatVanished() {
    accept("r1");
    show("2", 10 * MILLI, "");

    assertThat(books.history().orElseThrow())
        .isInstanceOfSatisfying(
            Result.NotLinearizable.class, it -> assertThat(it.contradiction()).hasSize(2));
  }

  @Test
  void theHistoryHoldsOfAWriteThatIsStillUnderWay() {
    books.sent("1", WRITE, 0);
    show("2", 10 * MILLI, "");
    show("3", 20 * MILLI, "r9");

    assertThat(books.underWay()).containsExactly("1");
    assertThat(books.history()).hasValue(new Result.Linearizable());
  }

  @Test
  void aWriteThatNeverReachedADoorWasNotDone() {
    books.sent("1", WRITE, 0);
    books.silent("1", false, "all doors are closed", 5 * MILLI);
    show("2", 10 * MILLI, "r9");

    assertThat(books.history().orElseThrow()).isInstanceOf(Result.NotLinearizable.class);
    assertThat(account().writes().unknown()).isZero();
  }

  @Test
  void aLoadWithoutALedgerHasNoHistory() {
    assertThat(new Bookkeeper(new TownLoad(), Duration.ofSeconds(2)).history()).isEmpty();
  }

  @Test
  void aCallEndsOnceAndHasAKeyOfItsOwn() {
    books.sent("1", WRITE, 0);
    assertThatIllegalStateException()
        .isThrownBy(() -> books.sent("1", WRITE, 1))
        .withMessage("key must be new for every call, but 1 is under way: give it another");
    books.replied("1", reply(201, "r1"), 2);
    assertThatIllegalStateException()
        .isThrownBy(() -> books.replied("1", reply(201, "r1"), 3))
        .withMessage("call must be under way when it ends, but 1 is not: tell of its end once");
  }

  private void accept(String receipt) {
    books.sent("1", WRITE, 0);
    books.replied("1", reply(201, receipt), 5 * MILLI);
  }

  private void show(String key, long at, String body) {
    books.sent(key, Samples.read("desk", "k", false), at);
    books.replied(key, reply(200, body), at + MILLI);
  }

  private void audit() {
    Audit audit = books.audit();
    audit.targets().forEach(it -> audit.settled(it, Optional.of(seen(it))));
    audit.others().forEach(it -> audit.settled(it, Optional.of(seen(it))));
  }

  private EdgeReply seen(EdgeRequest request) {
    String body = town.getOrDefault(request.path(), "");
    return reply(body.isEmpty() ? 404 : 200, body);
  }

  private Bookkeeper.Account account() {
    return books.account(10_000 * MILLI);
  }

  private static EdgeReply reply(int status, String body) {
    return new EdgeReply(status, Map.of(), body, URI.create("http://127.0.0.1:1"));
  }

  /** The town's load with the desk as a slate for each key: written once, shown for ever. */
  private static final class SlateLoad extends TownLoad {
    @Override
    public Optional<ReferenceModel<?, ?, ?>> referenceModel() {
      return Optional.of(new Slate());
    }
  }

  /** State: what is on the slate; "" is nothing, "?" something. */
  private record Slate() implements ReferenceModel<String, Boolean, String> {
    @Override
    public String initial() {
      return "";
    }

    @Override
    public Optional<String> step(String state, Boolean write, Optional<String> shown) {
      if (write) {
        return state.isEmpty() ? Optional.of(shown.orElse("?")) : Optional.empty();
      }
      boolean fits =
          state.equals("?") ? !shown.orElse("").isEmpty() : shown.orElse("").equals(state);
      return fits ? shown : Optional.empty();
    }

    @Override
    public Optional<Asked<Boolean>> asked(TrialCall call) {
      return call.spot().process().equals("desk")
          ? Optional.of(new Asked<>(call.spot().key(), call instanceof TrialCall.Write))
          : Optional.empty();
    }

    @Override
    public Optional<String> told(TrialCall call, EdgeReply reply) {
      return Optional.of(reply.body());
    }
  }
}
