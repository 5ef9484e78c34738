package io.hormesis.simulation.system;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.Command;
import io.hormesis.process.History;
import io.hormesis.process.NoAnswerException;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import io.hormesis.simulation.Dice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What callers were told, and what the system says once it is at rest: what damages are judged by.
 */
final class ObservedHistory implements History {
  private static final int TRIES = 10;
  private static final Duration MARGIN = Duration.ofMillis(20);

  /** Looked up once for each kind of message, for it is asked of each reply. */
  private static final ClassValue<Boolean> HAS_ID =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .anyMatch(it -> it.getType() == RequestId.class);
        }
      };

  private final SystemWorld world;
  private final Dice dice;
  private final List<Acknowledged<?, ?>> acknowledged = new ArrayList<>();
  private final Map<Query<?>, Object> answers = new HashMap<>();
  private final Set<Record> known = new HashSet<>();
  private Optional<Asked> last = Optional.empty();

  ObservedHistory(SystemWorld world) {
    this.world = world;
    dice = Dice.of(world.seed(), "history");
  }

  /** A request that a front made of a call. */
  record Asked(Record message, CompletableFuture<CallResult<Object>> ending) {}

  /** The same asker; what is asked of it is noted. */
  Asker noting(Asker asker) {
    return ask -> {
      CompletableFuture<CallResult<Object>> ending = asker.ask(ask);
      last = Optional.of(new Asked(ask.message(), ending));
      return ending;
    };
  }

  /** What the call that was just taken has become; empty when it is no request. */
  Optional<Asked> taken() {
    Optional<Asked> taken = last;
    last = Optional.empty();
    return taken;
  }

  /** A caller got the reply to a call; the second reply to a request of one id is no news. */
  void told(Asked asked) {
    if (asked.message() instanceof Command<?>
        && asked.ending().isDone()
        && asked.ending().join() instanceof CallResult.Replied<Object> replied
        && (!hasId(asked.message()) || known.add(asked.message()))) {
      acknowledged.add(new Acknowledged<>(asked.message(), replied.value()));
    }
  }

  /** Whether a message carries a request id. */
  static boolean hasId(Record message) {
    return HAS_ID.get(message.getClass());
  }

  // A worker's reply to a command is of the kind that the command promises.
  @SuppressWarnings("unchecked")
  @Override
  public <R, C extends Command<R>> List<Acknowledged<C, R>> acknowledged(Class<C> command) {
    return acknowledged.stream()
        .filter(it -> command.isInstance(it.request()))
        .map(it -> (Acknowledged<C, R>) it)
        .toList();
  }

  /** The system is asked again from now on. */
  void forgetAnswers() {
    answers.clear();
  }

  // A worker's reply to a query is of the kind that the query promises.
  @SuppressWarnings("unchecked")
  @Override
  public <R> R ask(Query<R> query) {
    return (R) answers.computeIfAbsent(query, this::answer);
  }

  private Object answer(Query<?> query) {
    String why = "no server is up";
    for (int tries = 0; tries < TRIES; tries++) {
      CallResult<Object> ending = ending(query);
      if (ending instanceof CallResult.Replied<Object> replied) {
        return replied.value();
      }
      why = ending.toString();
    }
    throw new NoAnswerException(query, why);
  }

  private CallResult<Object> ending(Query<?> query) {
    Optional<SimulatedServer.Running> server = world.server(dice.pick(world.servers())).running();
    if (server.isEmpty()) {
      world.runUntil(() -> false, Duration.ofMillis(100));
      return new CallResult.Unknown<>("", "the server that was asked is down");
    }
    CompletableFuture<CallResult<Object>> ending =
        asked(server.get(), (Record) query, dice).ending();
    world.runUntil(ending::isDone, Callers.DEADLINE.multipliedBy(2));
    return ending.getNow(new CallResult.Unknown<>("", "no end within twice the deadline"));
  }

  /** Asks at a server, as its front does: its own word on the end comes before the deadline. */
  static Asked asked(SimulatedServer.Running server, Record message, Dice dice) {
    Ask ask =
        new Ask(
            message,
            Callers.DEADLINE.minus(MARGIN),
            RequestContext.begin(Trace.begin(dice.generator()), Priority.REQUEST));
    return new Asked(message, server.server().asker().ask(ask));
  }
}
