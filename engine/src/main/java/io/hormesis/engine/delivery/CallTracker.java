package io.hormesis.engine.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The calls under way on one server: routes each, sends it again where that is safe, and ends every
 * one by its deadline.
 *
 * <p>A call to a partition goes to its leader. While none is known the call is <em>parked</em>: the
 * news of a new leader, which every server is told at once, sets it free, and a slow probe of the
 * other members covers the loss of that news. A call in flight to a server that died, or that leads
 * no more, goes to the next one under the same request id. One that stays without a response for
 * {@value #ATTEMPT_MILLIS} ms is sent again, to another instance or to the present leader, for its
 * frame may be lost; the response of any of its tries ends it. At most {@value #MOST_TRIES} tries
 * may reach a worker (rule R5), within the retry budget (R6); tries that certainly reached none,
 * such as a redirect, count apart. A call under which {@value RequestContext#MOST_CASUALTIES}
 * servers ended is tried no more, for it may be what ends them.
 *
 * <p>A state machine: events in, effects out. Time is in milliseconds of a monotonic clock. Not
 * thread-safe.
 */
public final class CallTracker {
  static final int MOST_TRIES = 3;
  private static final String NOWHERE = "";
  private static final int MOST_HOPS = 40;
  private static final int BUDGET = 50;
  private static final long ATTEMPT_MILLIS = 500;
  private static final long PAUSE_MILLIS = 40;
  private static final long PROBE_MILLIS = 100;

  private final RoutingTable routes;
  private final RetryBudget budget = new RetryBudget(BUDGET);
  private final Map<Long, PendingCall> calls = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
  private List<Effect> effects = new ArrayList<>();

  /** A server's calls, none of them yet; its routes are known with {@link #placed}. */
  public CallTracker(String self) {
    this.routes = new RoutingTable(self);
  }

  /** The servers that host each target, from now on. */
  public List<Effect> placed(Map<Target, List<String>> hosts, long now) {
    routes.placed(hosts);
    for (PendingCall pending : inOrder(PendingCall::parked)) {
      dispatch(pending, now);
    }
    return drained();
  }

  /** A new call. */
  public List<Effect> ask(Call call, long now) {
    PendingCall pending = new PendingCall(call);
    calls.put(call.id(), pending);
    wakes.add(new Wake(call.deadline(), call.id()));
    budget.firstTry();
    dispatch(pending, now);
    return drained();
  }

  /** The result of an attempt came. Late ones and those of attempts given up are harmless. */
  public List<Effect> responded(long call, String from, CallResult<byte[]> result, long now) {
    PendingCall pending = calls.get(call);
    if (pending != null) {
      take(pending, from, result, now);
    }
    return drained();
  }

  /** Evidence that a server's process ended. */
  public List<Effect> gone(String server, long now) {
    routes.gone(server);
    for (PendingCall pending : inOrder(it -> it.at.equals(server))) {
      pending.casualties.add(server);
      lost(pending, server + " ended", now);
    }
    return drained();
  }

  /** A server says nothing, without evidence that it ended: others are asked before it. */
  public void silent(String server) {
    routes.silent(server);
  }

  /** A sign of life of a server. */
  public List<Effect> back(String server, long now) {
    routes.back(server);
    for (PendingCall pending :
        inOrder(it -> it.parked() && it.call.place().partition().isEmpty())) {
      pending.tried.remove(server);
      dispatch(pending, now);
    }
    return drained();
  }

  /** News: a server leads a partition. */
  public List<Effect> leads(Target place, String server, long term, long now) {
    if (routes.leads(place, server, term)) {
      for (PendingCall pending :
          inOrder(it -> !it.at.equals(server) && it.call.place().equals(place))) {
        overtake(pending, now);
      }
    }
    return drained();
  }

  /** Time has come to {@link #nextWake}. */
  public List<Effect> wake(long now) {
    while (!wakes.isEmpty() && wakes.element().at() <= now) {
      PendingCall pending = calls.get(wakes.remove().call());
      if (pending != null) {
        awake(pending, now);
      }
    }
    return drained();
  }

  /** When {@link #wake} is wanted next. */
  public OptionalLong nextWake() {
    while (!wakes.isEmpty() && !calls.containsKey(wakes.element().call())) {
      wakes.remove();
    }
    return wakes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(wakes.element().at());
  }

  /** Number of calls under way. */
  public int underWay() {
    return calls.size();
  }

  private void awake(PendingCall pending, long now) {
    if (now >= pending.call.deadline()) {
      giveUp(pending, "no answer within its deadline" + pending.because());
    } else if (pending.parked() && now >= pending.wakeAt) {
      probe(pending, now);
    } else if (!pending.parked() && now >= pending.wakeAt) {
      overdue(pending, now);
    }
  }

  private void take(PendingCall pending, String from, CallResult<byte[]> result, long now) {
    switch (result) {
      case CallResult.Replied<byte[]> _, CallResult.Declined<byte[]> _ -> finish(pending, result);
      case CallResult.Refused<byte[]> refused when pending.at.equals(from) ->
          refused(pending, from, refused, now);
      case CallResult.Unknown<byte[]> unknown when pending.at.equals(from) ->
          lost(pending, unknown.reason(), now);
      case CallResult.Refused<byte[]> _, CallResult.Unknown<byte[]> _ -> {}
    }
  }

  private void refused(
      PendingCall pending, String from, CallResult.Refused<byte[]> refused, long now) {
    pending.reason = refused.reason();
    switch (refused.cause().retry()) {
      case NEVER -> finish(pending, believed(pending, refused));
      case LATER -> park(pending, now + PAUSE_MILLIS);
      case ELSEWHERE -> redirect(pending, from, refused, now);
    }
  }

  /** A refusal tells of its own attempt only: an earlier one may have been done all the same. */
  private static CallResult<byte[]> believed(
      PendingCall pending, CallResult.Refused<byte[]> refused) {
    boolean ofAllAttempts =
        switch (refused.cause()) {
          case KEY_REUSED, KEY_FORGOTTEN, NOT_UNDERSTOOD -> true;
          case UNAVAILABLE, CRASHED, NOT_HERE, ISOLATED, CONFLICT, OVERLOADED, EXPIRED, DEADLY ->
              false;
        };
    return pending.maybeDone && !ofAllAttempts
        ? new CallResult.Unknown<>(NOWHERE, refused.reason())
        : refused;
  }

  private void redirect(
      PendingCall pending, String from, CallResult.Refused<byte[]> refused, long now) {
    if (refused.cause() == CallResult.Cause.NOT_HERE
        && pending.call.place().partition().isPresent()) {
      follow(pending, from, refused.hint(), now);
    } else {
      pending.tried.add(from);
      park(pending, now + PAUSE_MILLIS);
      if (pending.call.place().partition().isEmpty()
          && routes.instance(pending.call.place(), pending.tried, now).isPresent()) {
        dispatch(pending, now);
      }
    }
  }

  private void follow(PendingCall pending, String from, Optional<String> hint, long now) {
    routes.leadsNoMore(pending.call.place(), from);
    Optional<String> next =
        routes.leader(pending.call.place()).or(() -> hint).filter(it -> !it.equals(from));
    if (next.isPresent() && pending.hops < MOST_HOPS && !routes.isGone(next.get())) {
      pending.hops++;
      send(pending, next.get(), now);
    } else {
      park(pending, now + PROBE_MILLIS);
    }
  }

  /** The try in flight may or may not have been handled. */
  private void lost(PendingCall pending, String reason, long now) {
    pending.reason = reason;
    pending.maybeDone |= pending.call.changes();
    pending.tried.add(pending.at);
    pending.lost++;
    if (pending.casualties.size() >= RequestContext.MOST_CASUALTIES) {
      deadly(pending);
    } else if (!pending.call.repeatable()) {
      giveUp(pending, reason);
    } else if (pending.lost >= MOST_TRIES || !budget.take()) {
      giveUp(pending, reason + ", after " + pending.lost + " tries");
    } else {
      dispatch(pending, now);
    }
  }

  /** What ended some servers may end another one. */
  private void deadly(PendingCall pending) {
    String reason =
        "%s ended while they had it".formatted(String.join(" and ", pending.casualties));
    finish(
        pending,
        pending.maybeDone
            ? new CallResult.Unknown<>(NOWHERE, reason)
            : new CallResult.Refused<>(NOWHERE, CallResult.Cause.DEADLY, reason));
  }

  /** No response for a while: the frame may be lost, or another instance quicker. */
  private void overdue(PendingCall pending, long now) {
    routes.suspect(pending.call.place(), pending.at, now);
    if (pending.call.repeatable() && budget.hasToken() && worthATry(pending, now)) {
      lost(pending, pending.at + " did not answer in time", now);
    } else {
      wakeAt(pending, now + ATTEMPT_MILLIS);
    }
  }

  /** Whether a try more, on no other evidence than silence, is better than to wait on. */
  private boolean worthATry(PendingCall pending, long now) {
    Target place = pending.call.place();
    int left = MOST_TRIES - pending.lost - 1;
    if (place.partition().isPresent()) {
      // A leader that hangs is replaced: the last try is kept for the next one as long as it helps.
      return left > 1 || (left == 1 && pending.call.deadline() - now <= ATTEMPT_MILLIS);
    }
    Set<String> tried = new HashSet<>(pending.tried);
    tried.add(pending.at);
    return left > 0 && routes.instance(place, tried, now).isPresent();
  }

  private void overtake(PendingCall pending, long now) {
    if (pending.parked()) {
      dispatch(pending, now);
    } else if (pending.call.repeatable() && pending.lost + 1 < MOST_TRIES && budget.hasToken()) {
      lost(pending, pending.at + " leads no more", now);
    }
  }

  private void dispatch(PendingCall pending, long now) {
    Target place = pending.call.place();
    Optional<String> server =
        place.partition().isPresent()
            ? routes.leader(place)
            : routes.instance(place, pending.tried, now);
    if (server.isPresent()) {
      send(pending, server.get(), now);
    } else {
      park(pending, now + PROBE_MILLIS);
    }
  }

  private void probe(PendingCall pending, long now) {
    Target place = pending.call.place();
    Optional<String> server = routes.leader(place).or(() -> routes.instance(place, Set.of(), now));
    if (server.isPresent() && pending.hops < MOST_HOPS) {
      pending.hops++;
      send(pending, server.get(), now);
    } else {
      park(pending, now + PROBE_MILLIS);
    }
  }

  private void send(PendingCall pending, String server, long now) {
    pending.at = server;
    wakeAt(pending, now + ATTEMPT_MILLIS);
    effects.add(
        new Effect.Send(
            pending.call.id(), server, pending.lost + 1, List.copyOf(pending.casualties)));
  }

  private void park(PendingCall pending, long until) {
    pending.at = "";
    wakeAt(pending, until);
  }

  private void wakeAt(PendingCall pending, long at) {
    pending.wakeAt = at;
    wakes.add(new Wake(at, pending.call.id()));
  }

  private void finish(PendingCall pending, CallResult<byte[]> result) {
    calls.remove(pending.call.id());
    effects.add(new Effect.Finish(pending.call.id(), result));
  }

  private void giveUp(PendingCall pending, String reason) {
    boolean unknown = pending.maybeDone || (pending.call.changes() && !pending.parked());
    finish(
        pending,
        unknown
            ? new CallResult.Unknown<>(NOWHERE, reason)
            : new CallResult.Refused<>(NOWHERE, CallResult.Cause.UNAVAILABLE, reason));
  }

  /** The calls that are meant, in their order; what is done to one changes no other. */
  private List<PendingCall> inOrder(Predicate<PendingCall> meant) {
    return calls.values().stream()
        .filter(meant)
        .sorted((one, other) -> Long.compare(one.call.id(), other.call.id()))
        .toList();
  }

  private List<Effect> drained() {
    List<Effect> drained = effects;
    effects = new ArrayList<>();
    return drained;
  }

  private record Wake(long at, long call) implements Comparable<Wake> {
    @Override
    public int compareTo(Wake other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(call, other.call);
    }
  }

  /** One call on its way. */
  private static final class PendingCall {
    final Call call;
    final Set<String> tried = new HashSet<>();

    /** The server that the try in flight went to; empty while parked. */
    String at = "";

    String reason = "";
    long wakeAt;

    /** The servers that ended while they had it. */
    final List<String> casualties = new ArrayList<>();

    /** Tries that may have reached a worker and brought no response. */
    int lost;

    int hops;
    boolean maybeDone;

    PendingCall(Call call) {
      this.call = call;
    }

    boolean parked() {
      return at.isEmpty();
    }

    String because() {
      return reason.isEmpty() ? "" : " (" + reason + ")";
    }
  }
}
