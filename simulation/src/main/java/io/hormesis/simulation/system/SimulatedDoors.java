package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.edge.Front;
import io.hormesis.simulation.Processor;
import io.hormesis.simulation.ServiceTimes;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The doors of a server whose processor takes its time: one thread reads the calls, one after the
 * other, and writes their replies.
 */
record SimulatedDoors(Front front, Processor processor) {

  /**
   * Answers a call when its turn comes.
   *
   * @param taken told when the front has taken the call
   */
  CompletableFuture<EdgeReply> answer(EdgeRequest request, URI edge, Runnable taken) {
    CompletableFuture<EdgeReply> written = new CompletableFuture<>();
    ServiceTimes times = processor.times();
    long came = processor.nanos();
    processor
        .doors()
        .execute(
            times.refusal(),
            () -> {
              Duration waited = Duration.ofNanos(processor.nanos() - came);
              take(() -> front.answer(request, edge, waited), taken, written);
            });
    return written;
  }

  private void take(
      Supplier<CompletableFuture<EdgeReply>> call,
      Runnable taken,
      CompletableFuture<EdgeReply> written) {
    CompletableFuture<EdgeReply> reply;
    try {
      reply = call.get();
    } catch (RuntimeException failure) {
      written.completeExceptionally(failure);
      return;
    }
    taken.run();
    if (reply.isDone()) { // it was not let in
      written.complete(reply.join());
      return;
    }
    ServiceTimes times = processor.times();
    processor.charge(times.call().minus(times.refusal()));
    var _ =
        reply.whenComplete((it, failure) ->
            processor
                .doors()
                .execute(
                    times.reply(),
                    () -> {
                      if (failure == null) {
                        written.complete(it);
                      } else {
                        written.completeExceptionally(failure);
                      }
                    }));
  }
}
