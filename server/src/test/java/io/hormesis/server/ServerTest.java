package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Header;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.delivery.WireCodec;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.RequestId;
import io.hormesis.server.TestTown.Books;
import io.hormesis.server.TestTown.Echoes;
import io.hormesis.server.TestTown.Tills;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three whole servers, the real log and consensus beneath them. */
@Execution(ExecutionMode.CONCURRENT)
class ServerTest {
  private static final int TILLS = 12;

  @TempDir Path folder;
  private SmallSystem system;

  @BeforeEach
  void start() throws IOException {
    system = new SmallSystem(folder);
    awaitReady("a1", "b1", "c1");
  }

  @AfterEach
  void stop() throws IOException {
    system.close();
  }

  @Test
  void aCommandIsAppliedOnceHoweverOftenAndWhereverItIsSent() {
    Tills.Add add = add("k-1", "t", 5);
    assertThat(system.replied("a1", add)).isEqualTo(new Tills.Sum(5));
    assertThat(system.replied("b1", add)).isEqualTo(new Tills.Sum(5));
    assertThat(system.replied("c1", new Tills.Show("t"))).isEqualTo(new Tills.Sum(5));
  }

  @Test
  void aRequestIdBelongsToItsKeyAndToOneMessage() {
    assertThat(system.replied("a1", add("k-1", "t", 5))).isEqualTo(new Tills.Sum(5));
    assertThat(system.replied("a1", add("k-1", "u", 7))).isEqualTo(new Tills.Sum(7));
    assertThat(system.ask("a1", add("k-1", "t", 6)))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            it -> assertThat(it.cause()).isEqualTo(CallResult.Cause.KEY_REUSED));
  }

  @Test
  void aRefusalIsAReplyThatIsRememberedToo() {
    CallResult<Object> refused = system.ask("a1", add("k-1", "t", -1));
    assertThat(refused)
        .isInstanceOfSatisfying(
            CallResult.Declined.class,
            it -> assertThat(it.reason()).isEqualTo("a till is never below zero"));
    system.replied("a1", add("k-2", "t", 10));
    assertThat(system.ask("b1", add("k-1", "t", -1))).isEqualTo(refused);
  }

  @Test
  void aChangeIsDurableAndAQuerySaysNothingOfIt() {
    assertThat(system.ask("a1", add("k", "t", 1)))
        .isInstanceOfSatisfying(CallResult.Replied.class, it -> assertThat(it.durable()).isTrue());
    assertThat(system.ask("a1", new Tills.Show("t")))
        .isInstanceOfSatisfying(CallResult.Replied.class, it -> assertThat(it.durable()).isFalse());
  }

  @Test
  void othersAreToldOnceOfEachStep() {
    for (int i = 0; i < 20; i++) {
      system.replied("a1", add("k-" + i, "t", i));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> system.replied("b1", new Books.Count("t")).equals(new Books.Total(20, 190)));
  }

  @Test
  void whatWasAcknowledgedOutlivesACrashAndTheServerComesBackOnItsOwnDisk() throws IOException {
    for (int i = 0; i < 10; i++) {
      system.replied("a1", add("k-" + i, "t" + i, i));
    }
    system.crash("b1");
    for (int i = 0; i < 10; i++) {
      assertThat(system.replied("a1", new Tills.Show("t" + i))).isEqualTo(new Tills.Sum(i));
      assertThat(system.replied("c1", add("k-" + i, "t" + i, i))).isEqualTo(new Tills.Sum(i));
    }
    system.start("b1");
    awaitReady("b1");
    assertThat(system.replied("b1", new Tills.Show("t9"))).isEqualTo(new Tills.Sum(9));
    await().atMost(Duration.ofSeconds(60)).until(() -> Redundancy.missing(status()).isEmpty());
  }

  @Test
  void aCommandWhoseFrameIsLostOnTheWayToALivingLeaderIsSentAgain() {
    Loss loss = new Loss(WireMessage.Outbound.class);
    addOverAWireWith(loss, "there");
  }

  @Test
  void aCommandWhoseReplyIsLostIsSentAgainAndAppliedOnce() {
    Loss loss = new Loss(WireMessage.Inbound.class);
    addOverAWireWith(loss, "back");
  }

  @Test
  void aCrashOfAWorkerIsAClearRefusalAndOthersAreStillServed() {
    assertThat(system.ask("a1", new Echoes.Say("bad")))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            it -> {
              assertThat(it.cause()).isEqualTo(CallResult.Cause.CRASHED);
              assertThat(it.reason()).startsWith("echo crashed: ").contains("a bad word");
            });
    assertThat(system.replied("a1", new Echoes.Say("good"))).isEqualTo(new Echoes.Said("good"));
  }

  @Test
  void aMessageOfAnUnknownTypeIsAnsweredNotDropped() {
    CallResult<byte[]> response = answer(Target.of("echo"), 99, new byte[0]);
    assertThat(response)
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            it -> {
              assertThat(it.cause()).isEqualTo(CallResult.Cause.NOT_UNDERSTOOD);
              assertThat(it.reason())
                  .isEqualTo("echo knows no message number 99: the asker is of another version");
            });
  }

  @Test
  void aLateResponseToAnEarlierLifeIsNotTakenForOneToThisLife() throws IOException {
    for (int i = 0; i < TILLS; i++) {
      system.replied("a1", add("t-" + i, "t" + i, i));
      system.replied("a1", add("u-" + i, "u" + i, 100 + i));
    }
    Queue<byte[]> late = new ConcurrentLinkedQueue<>();
    system.loses = (to, frame) -> to.equals("b1") && isResponse(frame) && late.add(frame);
    showAll("b1", "t");
    await().atMost(Duration.ofSeconds(60)).until(() -> late.size() >= TILLS / 3);
    system.crash("b1");
    system.start("b1");
    awaitReady("b1");
    AtomicBoolean lost = new AtomicBoolean();
    system.loses =
        (to, frame) -> to.equals("b1") && isResponse(frame) && !late.contains(frame) && lost(lost);
    List<CompletableFuture<CallResult<Object>>> asked = showAll("b1", "u");
    await().atMost(Duration.ofSeconds(60)).untilTrue(lost);
    late.forEach(frame -> system.carry("b1", frame));
    system.loses = (_, _) -> false;
    for (int i = 0; i < TILLS; i++) {
      assertThat(asked.get(i).orTimeout(60, TimeUnit.SECONDS).join())
          .isInstanceOfSatisfying(
              CallResult.Replied.class,
              it -> assertThat(((Tills.Sum) it.value()).amount()).isGreaterThanOrEqualTo(100));
    }
  }

  private static boolean lost(AtomicBoolean lost) {
    lost.set(true);
    return true;
  }

  private List<CompletableFuture<CallResult<Object>>> showAll(String asker, String tills) {
    return IntStream.range(0, TILLS)
        .mapToObj(it -> system.asking(asker, new Tills.Show(tills + it)))
        .toList();
  }

  private static boolean isResponse(byte[] bytes) {
    Frame frame = Frame.decode(bytes);
    return frame.kind() == Frame.Kind.MESSAGE
        && new WireCodec().decode(frame.body()) instanceof WireMessage.Inbound;
  }

  @Test
  void aMalformedMessageIsAnsweredNotDropped() {
    assertThat(answer(Target.of("echo"), 1, new byte[] {1, 2, 3}))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            it -> assertThat(it.cause()).isEqualTo(CallResult.Cause.NOT_UNDERSTOOD));
  }

  @Test
  void aHeaderThatMustBeUnderstoodAndIsNotIsRefused() {
    RequestContext plain =
        RequestContext.begin(Trace.named("r"), Priority.REQUEST).named("r-1", false);
    byte[] message = new PlainCodec().encode(new Echoes.Say("hello"));
    assertThat(
            answer(Target.of("echo"), 1, message, with(plain, new Header(77, false, new byte[1]))))
        .isInstanceOf(CallResult.Replied.class);
    assertThat(
            answer(Target.of("echo"), 1, message, with(plain, new Header(78, true, new byte[1]))))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            it ->
                assertThat(it.reason())
                    .isEqualTo(
                        "headers [78] must be understood, but are not known here: upgrade this server"));
  }

  @Test
  void whatEndedTwoServersReachesNoWorker() {
    RequestContext deadly =
        RequestContext.begin(Trace.named("r"), Priority.REQUEST)
            .named("r-1", false)
            .inAttempt(3, List.of("b1", "c1"));
    assertThat(answer(Target.of("echo"), 1, new byte[] {1}, deadly))
        .isInstanceOfSatisfying(
            CallResult.Refused.class,
            it -> assertThat(it.cause()).isEqualTo(CallResult.Cause.DEADLY));
  }

  private static RequestContext with(RequestContext context, Header header) {
    return new RequestContext(
        context.id(),
        context.keyed(),
        context.trace(),
        context.priority(),
        context.attempt(),
        context.casualties(),
        context.principal(),
        context.scenario(),
        List.of(header));
  }

  @Test
  void garbageOnTheWireHarmsNobody() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      system.carry("a1", garbage);
    }
    assertThat(system.replied("a1", add("k", "t", 1))).isEqualTo(new Tills.Sum(1));
  }

  /** Of two askers one at least does not lead the till's partition, so frames go over the wire. */
  private void addOverAWireWith(Loss loss, String till) {
    system.loses = loss;
    assertThat(system.replied("a1", add("k-1", till, 5))).isEqualTo(new Tills.Sum(5));
    assertThat(system.replied("b1", add("k-2", till, 2))).isEqualTo(new Tills.Sum(7));
    assertThat(loss.met).as("a frame was lost").isTrue();
    assertThat(system.replied("c1", new Tills.Show(till))).isEqualTo(new Tills.Sum(7));
  }

  /** Loses the first frame, on its way there or back, of a call to a till. */
  private static final class Loss implements BiPredicate<String, byte[]> {
    private final Class<? extends WireMessage> way;
    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean met = new AtomicBoolean();

    Loss(Class<? extends WireMessage> way) {
      this.way = way;
    }

    @Override
    public boolean test(String to, byte[] bytes) {
      Frame frame = Frame.decode(bytes);
      if (frame.kind() != Frame.Kind.MESSAGE) {
        return false;
      }
      WireMessage wireMessage = new WireCodec().decode(frame.body());
      String call =
          switch (wireMessage) {
            case WireMessage.Outbound(var envelope) -> envelope.asker() + envelope.call();
            case WireMessage.Inbound inbound -> to + inbound.call();
          };
      if (wireMessage instanceof WireMessage.Outbound(var envelope)
          && envelope.to().process().equals("till")) {
        calls.add(call);
      }
      return way.isInstance(wireMessage) && calls.contains(call) && met.compareAndSet(false, true);
    }
  }

  /** Sends an envelope to a server as another one would, and waits for what comes back. */
  private CallResult<byte[]> answer(Target place, int type, byte[] payload) {
    return answer(
        place,
        type,
        payload,
        RequestContext.begin(Trace.named("r"), Priority.REQUEST).named("r-1", false));
  }

  private CallResult<byte[]> answer(
      Target place, int type, byte[] payload, RequestContext context) {
    WireCodec codec = new WireCodec();
    Envelope envelope = new Envelope(1, "nobody", place, "", type, payload, 20_000, context);
    byte[] body = codec.encode(new WireMessage.Outbound(envelope));
    system.carry("a1", new Frame(Frame.Kind.MESSAGE, "nobody", body).encode());
    byte[] answer =
        await().atMost(Duration.ofSeconds(30)).until(system.undelivered::poll, it -> it != null);
    return ((WireMessage.Inbound) codec.decode(Frame.decode(answer).body())).result();
  }

  private void awaitReady(String... names) {
    for (String name : names) {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> system.server(name).state().value() == ServerState.READY);
    }
  }

  private SystemStatus status() {
    return system.server("a1").status().join();
  }

  private static Tills.Add add(String id, String till, long amount) {
    return new Tills.Add(new RequestId(id), till, amount);
  }
}
