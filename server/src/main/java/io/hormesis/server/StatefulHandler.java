package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Mailbox;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
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
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import io.hormesis.server.Instance.Handled;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the workers of one partition beside its leader. A query reads linearizably. A command or a
 * notice is a step whose outcome, a refusal too, is one entry of the replicated log:
 * compare-and-set on the version, remembered by request id. When another step of the key came
 * first, the worker runs again on the newer state.
 */
final class StatefulHandler<S, M> implements Instance.Handler {
  private static final int MOST_CONFLICTS = 20;

  private final Target target;
  private final WorkerRunner code;
  private final Contracts contracts;
  private final PlainCodec codec;
  private final Clock clock;
  private final Replica replica;
  private final Notices notices;
  private final Supplier<StatefulWorker<S, M>> make;
  private final Type stateType;

  StatefulHandler(
      Target target,
      WorkerRunner code,
      Contracts contracts,
      PlainCodec codec,
      Clock clock,
      Replica replica,
      Notices notices,
      Supplier<StatefulWorker<S, M>> make) {
    this.target = target;
    this.code = code;
    this.contracts = contracts;
    this.codec = codec;
    this.clock = clock;
    this.replica = replica;
    this.notices = notices;
    this.make = make;
    this.stateType = StateType.of(make.get());
  }

  @Override
  public Optional<CallResult<byte[]>> elsewhere() {
    ReplicaStatus status = replica.status();
    return status.role() == Role.LEADER ? Optional.empty() : Optional.of(notHere(status.leader()));
  }

  private CallResult<byte[]> notHere(Optional<String> leader) {
    return new CallResult.Refused<>(
        "", CallResult.Cause.NOT_HERE, target + " is led elsewhere", leader);
  }

  /** Steps of one key go one after the other. */
  @Override
  public String key(Envelope envelope) {
    return envelope.key();
  }

  @Override
  public void handle(Mailbox.Next next, Consumer<Handled> ended) {
    code.guarded(
        next.envelope(),
        () -> {
          Task task = new Task(next, contracts.word(next.envelope()), ended);
          if (task.word().message().kind() == MessageType.Kind.QUERY) {
            then(
                replica.read(task.key()),
                task,
                now -> run(task, message -> show(now, message, task)));
          } else {
            run(task, message -> write(message, task));
          }
        },
        ended);
  }

  private void show(KeyState now, Record message, Task task) {
    Step<S> step = step(state(now), message);
    if (step.next().isPresent() || !step.notices().isEmpty()) {
      throw new Contracts.WrongReply(
          "a query changes nothing, but the step of %s does: make it a command"
              .formatted(task.word().message().name()));
    }
    task.answer(contracts.result(task.word(), step.reply(), false));
  }

  private void write(Record message, Task task) {
    byte[] fingerprint = Addressing.fingerprint(codec, task.envelope(), message);
    replica
        .remembered(task.key(), task.envelope().requestId(), fingerprint, clock.now())
        .ifPresentOrElse(
            known -> task.answer(result(known, conflict(task))),
            () -> attempt(task, message, fingerprint, MOST_CONFLICTS));
  }

  private void attempt(Task task, Record message, byte[] fingerprint, int tries) {
    KeyState now = replica.applied(task.key());
    Step<S> step = step(state(now), message);
    CallResult<byte[]> reply = contracts.result(task.word(), step.reply(), true);
    Change change =
        new Change(
            task.key(),
            task.envelope().requestId(),
            fingerprint,
            now.version(),
            step.next().map(it -> contracts.encoded("state of " + target, it, stateType)),
            RememberedReply.encode(reply),
            outgoing(step, task),
            clock.now());
    then(
        replica.commit(change),
        task,
        committed -> {
          if (!(committed instanceof Committed.Conflict)) {
            task.answer(result(committed, reply));
          } else if (tries > 1 && inTime(task)) {
            again(task, () -> attempt(task, message, fingerprint, tries - 1));
          } else {
            task.answer(conflict(task));
          }
        });
  }

  /** Runs the worker on a message; its exception is a crash. */
  private void run(Task task, Consumer<Record> worker) {
    again(task, () -> message(task).ifPresent(worker));
  }

  /** A worker that was given up must not begin again on the newer state. */
  private boolean inTime(Task task) {
    return clock.nanos() / 1_000_000 < task.next().deadline();
  }

  private void again(Task task, Runnable worker) {
    code.run(
        task.next(),
        () -> {
          try {
            worker.run();
          } catch (RuntimeException crash) {
            crashed(task, crash);
          }
        },
        task.ended());
  }

  /** The contract guard: the message, or its refusal and nothing. */
  private Optional<Record> message(Task task) {
    try {
      Record message = contracts.open(task.envelope()).message();
      Addressing.checkKey(task.word().process(), message, task.key());
      return Optional.of(message);
    } catch (MalformedMessage malformed) {
      task.answer(Contracts.notUnderstood(malformed));
      return Optional.empty();
    }
  }

  private void crashed(Task task, RuntimeException crash) {
    code.crashed(task.envelope(), crash);
    task.ended()
        .accept(
            Handled.failed(
                new CallResult.Refused<>(
                    "", CallResult.Cause.CRASHED, target + " crashed: " + crash)));
  }

  /** Goes on when the replica has an outcome, which it has in time, whatever happens. */
  private <T> void then(CompletableFuture<T> outcome, Task task, Consumer<T> goOn) {
    var _ =
        outcome.whenComplete((value, failure) ->
            code.guarded(
                task.envelope(),
                () -> {
                  if (failure == null) {
                    goOn.accept(value);
                  } else {
                    task.answer(result(failure));
                  }
                },
                task.ended()));
  }

  private List<OutgoingNotice> outgoing(Step<S> step, Task task) {
    List<OutgoingNotice> outgoing = new ArrayList<>();
    for (int number = 0; number < step.notices().size(); number++) {
      RequestContext context = task.envelope().context().notice(number, id(task, number));
      outgoing.add(outgoing((Record) step.notices().get(number), context));
    }
    return outgoing;
  }

  private OutgoingNotice outgoing(Record notice, RequestContext context) {
    try {
      return notices.outgoing(notice, context);
    } catch (MalformedMessage unreadable) {
      throw Contracts.WrongReply.unreadable("notice of " + target, unreadable);
    }
  }

  /** The n-th notice of a request has the same id, however often and wherever its step runs. */
  private String id(Task task, int number) {
    List<Object> names =
        List.of(task.envelope().to().process(), task.key(), task.envelope().requestId(), number);
    return "n-" + HexFormat.of().formatHex(PlainCodec.fingerprint(codec.encode(names)));
  }

  // The contract guard has let only the contract's own messages through.
  @SuppressWarnings("unchecked")
  private Step<S> step(S state, Record message) {
    return make.get().on(state, (M) message);
  }

  // The type is read from the worker's own declaration.
  @SuppressWarnings("unchecked")
  private S state(KeyState now) {
    return now.state()
        .map(bytes -> (S) codec.decode(bytes, stateType))
        .orElseGet(() -> make.get().initial());
  }

  private static CallResult<byte[]> conflict(Task task) {
    return new CallResult.Refused<>(
        "", CallResult.Cause.CONFLICT, "too many steps of " + task.key() + " at once");
  }

  private static CallResult<byte[]> result(Committed committed, CallResult<byte[]> reply) {
    return switch (committed) {
      case Committed.Applied _ -> reply;
      case Committed.Repeated(byte[] first) -> RememberedReply.decode(first);
      case Committed.KeyReused _ ->
          new CallResult.Refused<>(
              "",
              CallResult.Cause.KEY_REUSED,
              "its request id was used before, for another request");
      case Committed.KeyForgotten _ ->
          new CallResult.Refused<>(
              "",
              CallResult.Cause.KEY_FORGOTTEN,
              "it was done before, so long ago that its reply is no longer kept");
      case Committed.Conflict _ ->
          new CallResult.Refused<>("", CallResult.Cause.CONFLICT, "another step came first");
      case Committed.OutboxFull(int limit) ->
          new CallResult.Refused<>(
              "", CallResult.Cause.UNAVAILABLE, "%d notices wait to be delivered".formatted(limit));
    };
  }

  private CallResult<byte[]> result(Throwable failure) {
    if (!(failure instanceof NotCommitted not)) {
      throw new IllegalStateException("a replica's futures fail with NotCommitted only", failure);
    }
    return switch (not.kind()) {
      case NOT_LEADER, FAULTED -> notHere(not.leader());
      case BUSY ->
          new CallResult.Refused<>(
              "", CallResult.Cause.OVERLOADED, String.valueOf(not.getMessage()));
      case UNKNOWN -> new CallResult.Unknown<>("", String.valueOf(not.getMessage()));
    };
  }

  /** One message on its way through a step. */
  private record Task(Mailbox.Next next, Word word, Consumer<Handled> ended) {

    Envelope envelope() {
      return next.envelope();
    }

    /** The key that it is about keeps others of the same key waiting. */
    String key() {
      return next.key();
    }

    void answer(CallResult<byte[]> result) {
      ended.accept(Handled.well(result));
    }
  }
}
