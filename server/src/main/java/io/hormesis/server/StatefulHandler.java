package io.hormesis.server;

import io.hormesis.engine.delivery.Ending;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.delivery.Vocabulary.Word;
import io.hormesis.engine.port.Clock;
import io.hormesis.process.MessageType;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import io.hormesis.replication.Change;
import io.hormesis.replication.Committed;
import io.hormesis.replication.KeyState;
import io.hormesis.replication.NotCommitted;
import io.hormesis.replication.OutgoingNotice;
import io.hormesis.replication.Replica;
import io.hormesis.replication.Role;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the workers of one partition beside its leader. A query reads linearizably. A command or a
 * notice is a step whose outcome, a refusal too, is one entry of the replicated log:
 * compare-and-set on the version, remembered by request id. When another step of the key came
 * first, the worker runs again on the newer state.
 */
final class StatefulHandler<S, M> implements Instance.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(StatefulHandler.class);
  private static final int MOST_CONFLICTS = 20;

  private final String name;
  private final Contracts contracts;
  private final PlainCodec codec;
  private final Scope scope;
  private final Clock clock;
  private final Replica replica;
  private final Notices notices;
  private final Supplier<StatefulWorker<S, M>> make;
  private final Type stateType;

  StatefulHandler(
      String name,
      Contracts contracts,
      PlainCodec codec,
      Scope scope,
      Clock clock,
      Replica replica,
      Notices notices,
      Supplier<StatefulWorker<S, M>> make) {
    this.name = name;
    this.contracts = contracts;
    this.codec = codec;
    this.scope = scope;
    this.clock = clock;
    this.replica = replica;
    this.notices = notices;
    this.make = make;
    this.stateType = StateType.of(make.get());
  }

  @Override
  public Optional<Response> refuse(Envelope envelope) {
    return replica.status().role() == Role.LEADER
        ? Optional.empty()
        : Optional.of(new Response.Elsewhere(replica.status().leader()));
  }

  @Override
  public Instance.Handled handle(Envelope envelope) {
    Task task;
    try {
      Contracts.Incoming incoming = contracts.open(envelope);
      String key = Addressing.key(incoming.word().process(), incoming.message());
      task = new Task(envelope, incoming.word(), incoming.message(), key);
    } catch (MalformedMessage failure) {
      return Instance.Handled.well(Contracts.notUnderstood(failure));
    }
    try {
      return Instance.Handled.well(scope.within(envelope, () -> answered(task)));
    } catch (NotCommitted failure) {
      return Instance.Handled.well(response(failure));
    } catch (Late late) {
      return Instance.Handled.well(new Response.Unknown(late.reason()));
    } catch (RuntimeException crash) {
      LOG.warn("{} crashed on call {} of {}", name, envelope.call(), envelope.asker(), crash);
      return Instance.Handled.failed(
          new Response.Refused(Ending.Cause.CRASHED, name + " crashed: " + crash));
    }
  }

  private Response answered(Task task) {
    return task.word().message().kind() == MessageType.Kind.QUERY ? read(task) : written(task);
  }

  private Response read(Task task) {
    KeyState now = settled(replica.read(task.key()), task);
    Step<S> step = step(state(now), task);
    if (step.next().isPresent() || !step.notices().isEmpty()) {
      throw new IllegalStateException(
          "a query changes nothing, but the step of %s does: make it a command"
              .formatted(task.word().message().name()));
    }
    return contracts.response(task.word(), step.reply(), false);
  }

  private Response written(Task task) {
    byte[] fingerprint = Addressing.fingerprint(codec, task.envelope(), task.message());
    String requestId = task.envelope().requestId();
    Optional<Committed> remembered =
        replica.remembered(task.key(), requestId, fingerprint, clock.now());
    if (remembered.isPresent()) {
      return response(remembered.get(), new Response.Busy("conflict"));
    }
    for (int tries = 0; tries < MOST_CONFLICTS; tries++) {
      KeyState now = replica.applied(task.key());
      Step<S> step = step(state(now), task);
      Response reply = contracts.response(task.word(), step.reply(), true);
      Change change =
          new Change(
              task.key(),
              requestId,
              fingerprint,
              now.version(),
              step.next().map(codec::encode),
              RememberedReply.encode(reply),
              outgoing(step, task),
              clock.now());
      Committed committed = settled(replica.commit(change), task);
      if (!(committed instanceof Committed.Conflict)) {
        return response(committed, reply);
      }
    }
    return new Response.Busy("too many steps of " + task.key() + " at once");
  }

  private List<OutgoingNotice> outgoing(Step<S> step, Task task) {
    List<OutgoingNotice> outgoing = new ArrayList<>();
    for (int number = 0; number < step.notices().size(); number++) {
      outgoing.add(notices.outgoing((Record) step.notices().get(number), id(task, number)));
    }
    return outgoing;
  }

  /** The n-th notice of a request has the same id, however often and wherever its step runs. */
  private String id(Task task, int number) {
    List<Object> names =
        List.of(task.envelope().to().process(), task.key(), task.envelope().requestId(), number);
    return "n-" + HexFormat.of().formatHex(PlainCodec.fingerprint(codec.encode(names)));
  }

  // The contract guard has let only the contract's own messages through.
  @SuppressWarnings("unchecked")
  private Step<S> step(S state, Task task) {
    return make.get().on(state, (M) task.message());
  }

  // The type is read from the worker's own declaration.
  @SuppressWarnings("unchecked")
  private S state(KeyState now) {
    return now.state()
        .map(bytes -> (S) codec.decode(bytes, stateType))
        .orElseGet(() -> make.get().initial());
  }

  private static Response response(Committed committed, Response reply) {
    return switch (committed) {
      case Committed.Applied _ -> reply;
      case Committed.Repeated(byte[] first) -> RememberedReply.decode(first);
      case Committed.KeyReused _ ->
          new Response.Refused(
              Ending.Cause.KEY_REUSED, "its request id was used before, for another request");
      case Committed.KeyForgotten _ ->
          new Response.Refused(
              Ending.Cause.KEY_FORGOTTEN,
              "it was done before, so long ago that its reply is no longer kept");
      case Committed.Conflict _ -> new Response.Busy("another step came first");
      case Committed.OutboxFull(int limit) ->
          new Response.Refused(
              Ending.Cause.UNAVAILABLE, "%d notices wait to be delivered".formatted(limit));
    };
  }

  private static Response response(NotCommitted failure) {
    return switch (failure.kind()) {
      case NOT_LEADER, OUT -> new Response.Elsewhere(failure.leader());
      case BUSY -> new Response.Busy(String.valueOf(failure.getMessage()));
      case UNKNOWN -> new Response.Unknown(String.valueOf(failure.getMessage()));
    };
  }

  private <T> T settled(CompletableFuture<T> future, Task task) {
    long left = task.envelope().deadlineMillis() - clock.now().toEpochMilli();
    try {
      return future.get(Math.max(1, left), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new Late(name + " has no outcome within the deadline");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Late(name + " was interrupted");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof NotCommitted known) {
        throw known;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  /** One message on its way through a step. */
  private record Task(Envelope envelope, Word word, Record message, String key) {}

  /** The outcome did not come in time; it may still come. */
  private static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Late(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
