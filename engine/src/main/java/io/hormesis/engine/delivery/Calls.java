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
 * such as a redirect, count apart.
 *
 * <p>A state machine: events in, effects out. Time is in milliseconds of a monotonic clock. Not
 * thread-safe.
 */
public final class Calls {
  static final int MOST_TRIES = 3;
  private static final int MOST_HOPS = 40;
  private static final int BUDGET = 50;
  private static final long ATTEMPT_MILLIS = 500;
  private static final long PAUSE_MILLIS = 40;
  private static final long PROBE_MILLIS = 100;

  private final Directory directory;
  private final boolean pretending;
  private final Map<Place, Response> lastValues = new HashMap<>();
  private final RetryBudget budget = new RetryBudget(BUDGET);
  private final Map<Long, Flight> flights = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
  private List<Effect> effects = new ArrayList<>();

  /**
   * Begins with no call.
   *
   * @param self the server that asks
   * @param hosts the servers that host each place
   */
  public Calls(String self, Map<Place, List<String>> hosts) {
    this(self, hosts, Set.of());
  }

  /** Begins with errors built in. For tests only. */
  public Calls(String self, Map<Place, List<String>> hosts, Set<DeliveryMutation> mutations) {
    this.directory =
        new Directory(self, hosts, mutations.contains(DeliveryMutation.ROUTE_TO_THE_DEAD));
    this.pretending = mutations.contains(DeliveryMutation.DEFAULT_REPLY_TO_COMMANDS);
  }

  /** A new call. */
  public List<Effect> ask(Call call, long now) {
    Flight flight = new Flight(call);
    flights.put(call.id(), flight);
    wakes.add(new Wake(call.deadline(), call.id()));
    budget.firstTry();
    dispatch(flight, now);
    return drained();
  }

  /** A response came. Late ones and those of tries given up are harmless. */
  public List<Effect> responded(long call, String from, Response response, long now) {
    Flight flight = flights.get(call);
    if (flight != null) {
      take(flight, from, response, now);
    }
    return drained();
  }

  /** Evidence that a server's process ended. */
  public List<Effect> gone(String server, long now) {
    directory.gone(server);
    for (Flight flight : inOrder(it -> it.at.equals(server))) {
      lost(flight, server + " ended", now);
    }
    return drained();
  }

  /** A server says nothing, without evidence that it ended: others are asked before it. */
  public void silent(String server) {
    directory.silent(server);
  }

  /** A sign of life of a server. */
  public List<Effect> back(String server, long now) {
    directory.back(server);
    for (Flight flight : inOrder(it -> it.parked() && it.call.place().partition().isEmpty())) {
      flight.tried.remove(server);
      dispatch(flight, now);
    }
    return drained();
  }

  /** News: a server leads a partition. */
  public List<Effect> leads(Place place, String server, long term, long now) {
    if (directory.leads(place, server, term)) {
      for (Flight flight : inOrder(it -> !it.at.equals(server) && it.call.place().equals(place))) {
        overtake(flight, now);
      }
    }
    return drained();
  }

  /** Time has come to {@link #nextWake}. */
  public List<Effect> wake(long now) {
    while (!wakes.isEmpty() && wakes.element().at() <= now) {
      Flight flight = flights.get(wakes.remove().call());
      if (flight != null) {
        awake(flight, now);
      }
    }
    return drained();
  }

  /** When {@link #wake} is wanted next. */
  public OptionalLong nextWake() {
    while (!wakes.isEmpty() && !flights.containsKey(wakes.element().call())) {
      wakes.remove();
    }
    return wakes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(wakes.element().at());
  }

  /** Number of calls under way. */
  public int underWay() {
    return flights.size();
  }

  private void awake(Flight flight, long now) {
    if (now >= flight.call.deadline()) {
      giveUp(flight, "no answer within its deadline" + flight.because());
    } else if (flight.parked() && now >= flight.wakeAt) {
      probe(flight, now);
    } else if (!flight.parked() && now >= flight.wakeAt) {
      overdue(flight, now);
    }
  }

  private void take(Flight flight, String from, Response response, long now) {
    switch (response) {
      case Response.Value _, Response.Declined _ -> finish(flight, from, response);
      case Response.Refused refused when flight.at.equals(from) ->
          finish(flight, from, believed(flight, refused));
      case Response.Unknown(String reason) when flight.at.equals(from) -> lost(flight, reason, now);
      case Response.Elsewhere(Optional<String> hint) when flight.at.equals(from) ->
          redirect(flight, from, hint, now);
      case Response.Busy(String reason) when flight.at.equals(from) -> {
        flight.reason = reason;
        flight.tried.add(from);
        park(flight, now + PAUSE_MILLIS);
      }
      case Response.Refused _, Response.Unknown _, Response.Elsewhere _, Response.Busy _ -> {}
    }
  }

  /** A refusal tells of its own try only: an earlier one may have been done all the same. */
  private static Response believed(Flight flight, Response.Refused refused) {
    boolean ofThisTryOnly =
        refused.cause() == Ending.Cause.UNAVAILABLE || refused.cause() == Ending.Cause.CRASHED;
    return flight.maybeDone && ofThisTryOnly ? new Response.Unknown(refused.reason()) : refused;
  }

  private void redirect(Flight flight, String from, Optional<String> hint, long now) {
    flight.reason = from + " does not lead it";
    directory.leadsNoMore(flight.call.place(), from);
    Optional<String> next =
        directory.leader(flight.call.place()).or(() -> hint).filter(it -> !it.equals(from));
    if (next.isPresent() && flight.hops < MOST_HOPS && !directory.isGone(next.get())) {
      flight.hops++;
      send(flight, next.get(), now);
    } else {
      park(flight, now + PROBE_MILLIS);
    }
  }

  /** The try in flight may or may not have been handled. */
  private void lost(Flight flight, String reason, long now) {
    flight.reason = reason;
    flight.maybeDone |= flight.call.changes();
    flight.tried.add(flight.at);
    flight.lost++;
    if (!flight.call.repeatable()) {
      giveUp(flight, reason);
    } else if (flight.lost >= MOST_TRIES || !budget.take()) {
      giveUp(flight, reason + ", after " + flight.lost + " tries");
    } else {
      dispatch(flight, now);
    }
  }

  /** No response for a while: the frame may be lost, or another instance quicker. */
  private void overdue(Flight flight, long now) {
    directory.suspect(flight.at, now);
    if (flight.call.repeatable() && budget.hasToken() && worthATry(flight, now)) {
      lost(flight, flight.at + " did not answer in time", now);
    } else {
      wakeAt(flight, now + ATTEMPT_MILLIS);
    }
  }

  /** Whether a try more, on no other evidence than silence, is better than to wait on. */
  private boolean worthATry(Flight flight, long now) {
    Place place = flight.call.place();
    int left = MOST_TRIES - flight.lost - 1;
    if (place.partition().isPresent()) {
      // A leader that hangs is replaced: the last try is kept for the next one as long as it helps.
      return left > 1 || (left == 1 && flight.call.deadline() - now <= ATTEMPT_MILLIS);
    }
    Set<String> tried = new HashSet<>(flight.tried);
    tried.add(flight.at);
    return left > 0 && directory.instance(place, tried, now).isPresent();
  }

  private void overtake(Flight flight, long now) {
    if (flight.parked()) {
      dispatch(flight, now);
    } else if (flight.call.repeatable() && flight.lost + 1 < MOST_TRIES && budget.hasToken()) {
      lost(flight, flight.at + " leads no more", now);
    }
  }

  private void dispatch(Flight flight, long now) {
    Place place = flight.call.place();
    Optional<String> server =
        place.partition().isPresent()
            ? directory.leader(place)
            : directory.instance(place, flight.tried, now);
    if (server.isPresent()) {
      send(flight, server.get(), now);
    } else {
      park(flight, now + PROBE_MILLIS);
    }
  }

  private void probe(Flight flight, long now) {
    Place place = flight.call.place();
    Optional<String> server =
        directory.leader(place).or(() -> directory.instance(place, Set.of(), now));
    if (server.isPresent() && flight.hops < MOST_HOPS) {
      flight.hops++;
      send(flight, server.get(), now);
    } else {
      park(flight, now + PROBE_MILLIS);
    }
  }

  private void send(Flight flight, String server, long now) {
    flight.at = server;
    wakeAt(flight, now + ATTEMPT_MILLIS);
    effects.add(new Effect.Send(flight.call.id(), server, flight.lost + 1));
  }

  private void park(Flight flight, long until) {
    flight.at = "";
    wakeAt(flight, until);
  }

  private void wakeAt(Flight flight, long at) {
    flight.wakeAt = at;
    wakes.add(new Wake(at, flight.call.id()));
  }

  private void finish(Flight flight, String from, Response response) {
    flights.remove(flight.call.id());
    effects.add(new Effect.Finish(flight.call.id(), from, response));
    if (pretending && flight.call.changes() && response instanceof Response.Value) {
      lastValues.put(flight.call.place(), response);
    }
  }

  private void giveUp(Flight flight, String reason) {
    Response pretended = lastValues.get(flight.call.place());
    if (pretended != null && flight.call.changes()) {
      finish(flight, flight.at, pretended);
      return;
    }
    flights.remove(flight.call.id());
    boolean unknown = flight.maybeDone || (flight.call.changes() && !flight.parked());
    effects.add(new Effect.GiveUp(flight.call.id(), unknown, reason));
  }

  /** The flights that are meant; what is done to one changes no other. */
  private List<Flight> inOrder(Predicate<Flight> meant) {
    return flights.values().stream()
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
  private static final class Flight {
    final Call call;
    final Set<String> tried = new HashSet<>();

    /** The server that the try in flight went to; empty while parked. */
    String at = "";

    String reason = "";
    long wakeAt;

    /** Tries that may have reached a worker and brought no response. */
    int lost;

    int hops;
    boolean maybeDone;

    Flight(Call call) {
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
