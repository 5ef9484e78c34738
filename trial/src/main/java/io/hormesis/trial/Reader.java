package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Reads many things, {@value #UNDER_WAY} at a time, in rounds: what did not yet show enough is
 * asked again, until nothing new has come for as long as patience lasts.
 */
final class Reader {
  private static final int UNDER_WAY = 16;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Client client;
  private final Duration deadline;
  private final Duration patience;
  private final Map<EdgeRequest, EdgeReply> tooLittle = new ConcurrentHashMap<>();
  private final AtomicLong progressNanos = new AtomicLong();

  Reader(Client client, TrialPlan.Patience patience) {
    this.client = client;
    this.deadline = patience.deadline();
    this.patience = patience.found();
  }

  /**
   * Reads all.
   *
   * @param enough whether a reply shows what is waited for
   * @param settled gets every request once, with its first reply that is enough, else its last real
   *     one, else none; called by several threads at a time
   */
  void read(
      Collection<EdgeRequest> requests,
      BiPredicate<EdgeRequest, EdgeReply> enough,
      BiConsumer<EdgeRequest, Optional<EdgeReply>> settled)
      throws InterruptedException {
    progressNanos.set(System.nanoTime());
    List<EdgeRequest> open = round(List.copyOf(requests), enough, settled);
    while (!open.isEmpty() && !patienceIsOver()) {
      Trial.pause(PAUSE);
      open = round(open, enough, settled);
    }
    open.forEach(it -> settled.accept(it, Optional.ofNullable(tooLittle.remove(it))));
  }

  private List<EdgeRequest> round(
      List<EdgeRequest> requests,
      BiPredicate<EdgeRequest, EdgeReply> enough,
      BiConsumer<EdgeRequest, Optional<EdgeReply>> settled)
      throws InterruptedException {
    var permits = new Semaphore(UNDER_WAY);
    var asked = new ArrayList<CompletableFuture<Optional<EdgeRequest>>>();
    var open = new ArrayList<EdgeRequest>();
    for (EdgeRequest request : requests) {
      permits.acquire();
      if (patienceIsOver()) {
        permits.release();
        open.add(request);
      } else {
        asked.add(
            client
                .request(request, deadline)
                .handle((reply, failure) -> failure == null ? Optional.of(reply) : none())
                .whenComplete((_, _) -> permits.release())
                .thenApply(it -> take(request, it.filter(EdgeReply::isReal), enough, settled)));
      }
    }
    for (var one : asked) {
      result(one).ifPresent(open::add);
    }
    return open;
  }

  /** The request itself when it must be asked again. */
  private Optional<EdgeRequest> take(
      EdgeRequest request,
      Optional<EdgeReply> reply,
      BiPredicate<EdgeRequest, EdgeReply> enough,
      BiConsumer<EdgeRequest, Optional<EdgeReply>> settled) {
    if (reply.isPresent() && enough.test(request, reply.get())) {
      tooLittle.remove(request);
      progressNanos.set(System.nanoTime());
      settled.accept(request, reply);
      return Optional.empty();
    }
    reply.ifPresent(it -> tooLittle.put(request, it));
    return Optional.of(request);
  }

  private boolean patienceIsOver() {
    return System.nanoTime() - progressNanos.get() > patience.toNanos();
  }

  private static Optional<EdgeReply> none() {
    return Optional.empty();
  }

  private static <T> T result(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "what a workload makes of a reply must not fail", e.getCause());
    }
  }
}
