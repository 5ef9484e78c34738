package io.hormesis.examples.egovernment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.Audit;
import io.hormesis.trial.Bookkeeper;
import io.hormesis.trial.Linearizability.Result;
import io.hormesis.trial.ReadBackTarget;
import io.hormesis.trial.TrialCall;
import io.hormesis.trial.Workload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A minute of the narrow load in virtual time, against desk, archive and inbox in memory. */
class SeasonInOneThreadTest {
  private static final long MILLI = 1_000_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Workload season = new TaxSeason().narrow();
  private final Bookkeeper books = new Bookkeeper(season, Duration.ofSeconds(2));
  private final Town town = new Town();

  @Test
  void anHonestTownHasHonestBooksAndALinearizableHistory() {
    for (long seed = 0; seed < 20; seed++) {
      var one = new SeasonInOneThreadTest();
      one.run(seed);
      one.readBack();
      assertThat(one.books.history()).as("seed %d", seed).hasValue(new Result.Linearizable());
      assertThat(one.books.account(70_000 * MILLI).findings()).as("seed %d", seed).isEmpty();
      assertThat(one.books.account(70_000 * MILLI).requests().sent()).isEqualTo(1_200);
      assertThat(one.books.account(70_000 * MILLI).writes().acknowledged()).isGreaterThan(250);
      assertThat(one.books.account(70_000 * MILLI).writes().unknown()).isGreaterThan(5);
    }
  }

  @Test
  void aTownThatForgetsOneReturnIsCaughtByBooksAndHistory() {
    run(7);
    String key = town.told.getFirst();
    town.desk.remove(key);
    TrialCall read =
        new TrialCall.Read(
            EdgeRequest.get("/tax-returns/" + key),
            new ReadBackTarget("tax-desk", key.substring(0, 11)),
            false,
            Optional.empty());
    books.sent("last", read, 65_000 * MILLI);
    books.replied("last", town.reply(read.request()), 65_001 * MILLI);
    readBack();

    assertThat(books.account(70_000 * MILLI).writes().lost()).isEqualTo(1);
    assertThat(books.history().orElseThrow())
        .isInstanceOfSatisfying(
            Result.NotLinearizable.class,
            it -> {
              assertThat(it.key()).isEqualTo(key);
              assertThat(it.contradiction()).hasSize(2);
            });
  }

  /** Sends all; each is done at a drawn moment after it was sent, or never, and told later. */
  private void run(long seed) {
    record Event(long at, long order, Runnable what) {}
    var random = new SplittableRandom(seed);
    var events =
        new PriorityQueue<Event>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    for (int i = 0; i < 1_200; i++) {
      long number = i;
      long sent = number * 50 * MILLI;
      events.add(
          new Event(
              sent,
              number,
              () -> {
                TrialCall call =
                    season.draw(
                        seed, new SplittableRandom(seed * 31 + number), books.acknowledged());
                books.sent("k" + number, call, sent);
                long done = sent + millis(random);
                long told = done + millis(random);
                events.add(
                    new Event(
                        done,
                        number,
                        () -> {
                          Optional<EdgeReply> reply = apply(call, "k" + number, random);
                          events.add(new Event(told, number, () -> end("k" + number, reply, told)));
                        }));
              }));
    }
    while (!events.isEmpty()) {
      events.remove().what().run();
    }
  }

  /** One call of twenty gets no reply, and half of these are not done either. */
  private Optional<EdgeReply> apply(TrialCall call, String key, RandomGenerator random) {
    int lot = random.nextInt(40);
    EdgeReply reply = lot == 0 ? town.nothing() : town.reply(call.keyed(key));
    return lot <= 1 ? Optional.empty() : Optional.of(reply);
  }

  private void end(String key, Optional<EdgeReply> reply, long at) {
    reply.ifPresentOrElse(
        it -> books.replied(key, it, at), () -> books.silent(key, true, "lost", at));
  }

  /** Mostly quick, seldom almost as long as the deadline. */
  private static long millis(RandomGenerator random) {
    return MILLI * (random.nextInt(20) == 0 ? random.nextInt(900) : random.nextInt(20));
  }

  private void readBack() {
    Audit audit = books.audit();
    audit.targets().forEach(it -> audit.settled(it, Optional.of(town.reply(it))));
    audit.others().forEach(it -> audit.settled(it, Optional.of(town.reply(it))));
  }

  /** Desk, archive and inbox. */
  private static final class Town {
    private final Map<String, String> desk = new HashMap<>();
    private final Map<String, List<String>> archive = new HashMap<>();
    private final Map<String, List<String>> inbox = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    EdgeReply nothing() {
      return new EdgeReply(504, Map.of(), "{}", URI.create("http://127.0.0.1:1"));
    }

    EdgeReply reply(EdgeRequest request) {
      if (request.method().equals("POST")) {
        return file(request);
      }
      String[] path = request.path().split("/", 3);
      return switch (path[1]) {
        case "tax-returns" -> {
          String shown = desk.getOrDefault(path[2], "");
          yield reply(shown.isEmpty() ? 404 : 200, shown.isEmpty() ? "{}" : shown);
        }
        case "archive" ->
            reply(200, "{\"documents\":" + archive.getOrDefault(path[2], List.of()) + "}");
        case "inbox" -> reply(200, "{\"messages\":" + inbox.getOrDefault(path[2], List.of()) + "}");
        default -> reply(200, "{}");
      };
    }

    private EdgeReply file(EdgeRequest request) {
      JsonNode filing = JSON.readTree(request.body());
      String citizen = filing.path("citizen").asString();
      String key = citizen + "/" + filing.path("year").asInt();
      if (desk.containsKey(key)) {
        return reply(409, "{}");
      }
      String receipt = "r-" + request.headers().getOrDefault("Idempotency-Key", "");
      String body = request.body().replaceFirst("\\{", "{\"receipt\":\"" + receipt + "\",");
      desk.put(key, body);
      told.add(key);
      archive.computeIfAbsent(citizen, _ -> new ArrayList<>()).add(body);
      inbox.computeIfAbsent(citizen, _ -> new ArrayList<>()).add(body);
      return reply(201, body);
    }

    private static EdgeReply reply(int status, String body) {
      return new EdgeReply(status, Map.of(), body, URI.create("http://127.0.0.1:1"));
    }
  }
}
