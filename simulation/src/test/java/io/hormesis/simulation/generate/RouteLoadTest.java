package io.hormesis.simulation.generate;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.edge.Admission;
import io.hormesis.edge.EdgeList;
import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.edge.Front;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.Route;
import io.hormesis.simulation.generate.PlainValuesTest.Colour;
import io.hormesis.simulation.generate.PlainValuesTest.Everything;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The calls of an application's routes, drawn, and what an edge makes of them. */
final class RouteLoadTest {
  private static final URI EDGE = URI.create("http://a1");

  /** What may be asked of a desk. */
  public sealed interface Desk {
    record Put(RequestId id, String name, Everything all) implements Desk, Command<String> {}

    record Find(
        String name,
        char letter,
        Colour colour,
        Card card,
        double share,
        BigDecimal price,
        boolean truth,
        Optional<LocalDate> day,
        Optional<Instant> at)
        implements Desk, Query<String> {}

    record Tagged(List<String> tags) implements Desk, Query<String> {}

    record Card(String number) {}
  }

  private final List<Record> asked = new ArrayList<>();

  @Test
  void anEdgeReadsOfACallWhatWasDrawn() {
    PlainValues values = PlainValues.of(application(), List.of());
    RandomGenerator random = new SplittableRandom(3);
    Front front = front(application());
    for (Route route : application().routes()) {
      for (int times = 0; times < 200; times++) {
        Record request = (Record) values.draw(route.request(), random);
        EdgeRequest call = sendable(route, request);
        if (call != null) {
          EdgeReply reply = front.answer(call, EDGE).join();
          assertThat(reply.status()).as("%s: %s", call, reply.body()).isLessThan(300);
          assertThat(asked.getLast()).isEqualTo(request);
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(350);
  }

  @Test
  void allRoutesAreCalledAndNoCallIsMalformed() {
    RouteLoad load = new RouteLoad(application(), List.of());
    RandomGenerator random = new SplittableRandom(4);
    Front front = front(application());
    int writes = 0;
    for (int times = 0; times < 300; times++) {
      TrialCall call = load.draw(1, random, _ -> Optional.empty());
      EdgeReply reply = front.answer(call.keyed("k-" + times), EDGE).join();
      assertThat(load.meaning(call, reply))
          .isEqualTo(
              call instanceof TrialCall.Write
                  ? new ReplyMeaning.Taken()
                  : new ReplyMeaning.Shown());
      writes += call instanceof TrialCall.Write ? 1 : 0;
    }
    assertThat(writes).isBetween(100, 200);
    assertThat(asked.stream().map(it -> it.getClass().getSimpleName()).distinct())
        .containsExactlyInAnyOrder("Put", "Find");
  }

  @Test
  void aReplyThatIsNoneOfTheApplicationIsStrange() {
    RouteLoad load = new RouteLoad(application(), List.of());
    TrialCall write =
        TrialCall.Write.post("/desk", "{}", new io.hormesis.trial.ReadBackTarget("desk", ""));
    assertThat(load.meaning(write, new EdgeReply(409, Map.of(), "no", EDGE)))
        .isEqualTo(new ReplyMeaning.Declined());
    assertThat(load.meaning(write, new EdgeReply(422, Map.of(), "no", EDGE)))
        .isEqualTo(new ReplyMeaning.Strange("422 no"));
  }

  @Test
  void aRouteThatNobodyCanCallIsNamed() {
    Application closed = application().routes(get("/tagged", Desk.Tagged.class));
    RouteLoad load = new RouteLoad(closed, List.of());
    assertThatThrownBy(() -> load.draw(1, new SplittableRandom(1), _ -> Optional.empty()))
        .isInstanceOf(UndrawableException.class)
        .hasMessageStartingWith(
            "route GET /tagged must take one of 100 drawn requests, but took none (the last one: tags must be one text to stand in a path or query, but was ")
        .hasMessageEndingWith(
            ": let it come in the body of a command): name a io.hormesis.simulation.generate.Generator for Tagged in META-INF/services, or change the route");
    assertThatThrownBy(() -> new RouteLoad(application().routes(new Route[0]), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("application office must have a route to be called by, but has none: add one");
  }

  private static @org.jspecify.annotations.Nullable EdgeRequest sendable(
      Route route, Record request) {
    try {
      return EdgeRequest.of(route, request);
    } catch (IllegalArgumentException emptyInPath) {
      assertThat(emptyInPath)
          .hasMessageEndingWith("must not be empty in a path, but is: choose another");
      return null;
    }
  }

  private Front front(Application application) {
    return new Front(
        application,
        ask -> {
          asked.add(ask.message());
          return CompletableFuture.completedFuture(new CallResult.Replied<>("desk", "done", false));
        },
        new SplittableRandom(5),
        (_, _) -> (Admission.Entry.Permit) _ -> {},
        () -> EdgeList.NONE);
  }

  private static Application application() {
    return Application.named("office")
        .of(
            process("desk")
                .ownedBy(Owner.named("clerks"))
                .contract(Desk.class)
                .worker(() -> _ -> Reply.none()))
        .routes(
            post("/desk", Desk.Put.class), get("/desk/{name}/{letter}/{card}", Desk.Find.class));
  }
}
