package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Library.Books;
import io.hormesis.edge.Library.Loan;
import io.hormesis.edge.Library.Person;
import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.CallResult.Cause;
import io.hormesis.process.RequestId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Loan LOAN = new Loan("r-1", "ada", 2025, false);

  private final Fixture library = new Fixture();

  // --- replies

  @Test
  void aCommandThatIsDoneIsCreatedAndSaysHowSafeItIs() {
    library.ends(new CallResult.Replied<>("books/2", LOAN, true));
    var reply = library.lend(Fixture.LOAN);
    assertThat(reply.statusCode()).isEqualTo(201);
    assertThat(reply.body())
        .isEqualTo(
            "{\"receipt\":\"r-1\",\"reader\":\"ada\",\"year\":2025,\"late\":false,\"durability\":\"durable\"}");
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(reply.headers().firstValue("Hormesis-Partition")).contains("books/2");
    assertThat(reply.headers().firstValue("Hormesis-Default-Reply")).isEmpty();
    assertThat(library.asked).hasSize(1);
    Ask ask = library.asked.getFirst();
    assertThat(ask.message()).isEqualTo(new Books.Lend(new RequestId("k-1"), "ada", 2025, 12));
    assertThat(ask.within()).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1980));
  }

  @Test
  void aCommandThatKeptNothingSaysNothingOfSafety() {
    library.ends(new CallResult.Replied<>("", LOAN, false));
    var reply = library.lend(Fixture.LOAN);
    assertThat(reply.body()).endsWith("\"late\":false}");
    assertThat(reply.headers().firstValue("Hormesis-Partition")).isEmpty();
  }

  @Test
  void aValueThatIsThereIsFound() {
    library.ends(new CallResult.Replied<>("books/0", Optional.of(LOAN), false));
    var reply = library.get("/loans/ada/2025");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo("{\"receipt\":\"r-1\",\"reader\":\"ada\",\"year\":2025,\"late\":false}");
  }

  @Test
  void aValueThatIsNotThereIsNotFound() {
    library.ends(new CallResult.Replied<>("books/0", Optional.empty(), false));
    var reply = library.get("/loans/ada/2025");
    problem(
        reply,
        404,
        "nothing-there",
        "/loans/{reader}/{year} must exist, but does not: check the values in the path");
    assertThat(reply.headers().firstValue("Hormesis-Partition")).contains("books/0");
  }

  @Test
  void aReplyMayBeAListOrAText() {
    library.ends(Fixture.replied(List.of("Emma", "\"Persuasion\"")));
    assertThat(library.get("/search?title=a&exact=false").body())
        .isEqualTo("[\"Emma\",\"\\\"Persuasion\\\"\"]");
  }

  @Test
  void aWorkersRefusalIsAConflict() {
    library.ends(new CallResult.Declined<>("books/1", "one loan per reader and year"));
    var reply = library.lend(Fixture.LOAN);
    problem(reply, 409, "declined", "one loan per reader and year");
    assertThat(reply.headers().firstValue("Hormesis-Partition")).contains("books/1");
  }

  @Test
  void aKeyThatWasUsedForAnotherRequestIsUnprocessable() {
    library.ends(new CallResult.Refused<>("books/1", Cause.KEY_REUSED, "other request"));
    problem(
        library.lend(Fixture.LOAN),
        422,
        "key-reused",
        "header Idempotency-Key must be new for each new request, but \"k-1\" was used for another one: choose a new one");
  }

  @Test
  void aKeyThatWasUsedLongAgoIsAConflict() {
    library.ends(new CallResult.Refused<>("books/1", Cause.KEY_FORGOTTEN, "too old"));
    problem(
        library.lend(Fixture.LOAN),
        409,
        "key-forgotten",
        "header Idempotency-Key must be of the last 24 h, but \"k-1\" was used so long ago that its reply is no longer kept: read whether it was done, or choose a new one");
  }

  @Test
  void whatNobodyCanTakeIsRefusedWithATime() {
    library.ends(new CallResult.Refused<>("books/1", Cause.UNAVAILABLE, "no leader"));
    var reply = library.lend(Fixture.LOAN);
    problem(
        reply,
        503,
        "refused",
        "request Lend must be taken by an instance, but was refused (no leader): nothing was done, try again after 1 s");
    assertThat(reply.headers().firstValue("Retry-After")).contains("1");
    assertThat(reply.headers().firstValue("Hormesis-Refused")).contains("refused");
  }

  @Test
  void whatAWorkerFailedOnIsRefusedWithATime() {
    library.ends(new CallResult.Refused<>("books/1", Cause.CRASHED, "secret password=7"));
    var reply = library.lend(Fixture.LOAN);
    problem(
        reply,
        503,
        "refused",
        "request Lend must be handled, but its worker failed on it: nothing was done, tell the owner of the process the trace");
    assertThat(reply.body())
        .contains("\"process\":\"books\"")
        .containsPattern("\"trace\":\"[0-9a-f]{32}\"")
        .doesNotContain("secret");
    assertThat(reply.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void whatAProcessDoesNotUnderstandIsABadRequest() {
    library.ends(new CallResult.Refused<>("", Cause.NOT_UNDERSTOOD, "not a Secret"));
    var reply = library.lend(Fixture.LOAN);
    problem(
        reply,
        400,
        "bad-request",
        "request Lend must be in the contract of its process, and fit its limits, but does not: make it smaller, or tell the operator the trace");
    assertThat(reply.body()).doesNotContain("Secret");
  }

  @Test
  void eachRefusalSaysWhetherAnotherTryMayHelp() {
    library.ends(new CallResult.Refused<>("", Cause.NOT_HERE, "drained"));
    var elsewhere = library.lend(Fixture.LOAN);
    problem(
        elsewhere,
        503,
        "not-here",
        "request Lend must be taken by an instance, but this edge knows none: turn to another edge");
    assertThat(elsewhere.headers().firstValue("Hormesis-Refused")).contains("not-here");
    library.ends(new CallResult.Refused<>("", Cause.OVERLOADED, "full"));
    var overloaded = library.lend(Fixture.LOAN);
    problem(
        overloaded,
        503,
        "overloaded",
        "request Lend must be done in time, but more is asked than can be: nothing was done, do not retry at once");
    assertThat(overloaded.headers().firstValue("Hormesis-Refused")).contains("overloaded");
    library.ends(new CallResult.Refused<>("", Cause.DEADLY, "two died"));
    problem(
        library.lend(Fixture.LOAN),
        503,
        "refused",
        "request Lend must leave servers alive, but more than one ended under it: nothing was done, do not send it again");
  }

  @Test
  void whatPerhapsWasDoneIsUnknown() {
    library.ends(new CallResult.Unknown<>("books/1", "books broke: secret password=7"));
    var reply = library.lend(Fixture.LOAN);
    problem(
        reply,
        504,
        "unknown",
        "request Lend must end within 2000 ms, but nobody knows whether it did: ask again with the same Idempotency-Key");
    assertThat(reply.body()).contains("\"process\":\"books\"").doesNotContain("secret");
    assertThat(reply.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void whatDoesNotEndInTimeIsUnknown() {
    library.asker = _ -> new CompletableFuture<>();
    problem(
        library.get("/loans/ada/2025"),
        504,
        "unknown",
        "request Find must end within 300 ms, but nobody knows whether it did: ask again");
    problem(
        library.post("/loans/ada/burn", ""),
        504,
        "unknown",
        "request Burn must end within 300 ms, but nobody knows whether it did: ask again with the same Idempotency-Key");
  }

  @Test
  void thoseInsideAnswerALittleBeforeTheEdgeMust() {
    library.get("/loans/ada/2025");
    assertThat(library.asked.getFirst().within()).isLessThanOrEqualTo(Duration.ofMillis(280));
    assertThat(Front.inside(Duration.ofMillis(300), Duration.ofMillis(30)))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(Front.inside(Duration.ofMillis(100), Duration.ZERO))
        .isEqualTo(Duration.ofMillis(90));
    assertThat(Front.inside(Duration.ofMillis(1), Duration.ZERO)).isPositive();
  }

  @Test
  void anErrorOfOursIsSaidAndTraced() {
    library.asker =
        _ -> {
          throw new IllegalStateException("thrown by a test");
        };
    problem(
        library.get("/loans/ada/2025"),
        500,
        "internal",
        "call must be answered, but cannot be: tell the operator the trace");
    library.asker =
        _ -> CompletableFuture.failedFuture(new IllegalStateException("failed by a test"));
    assertThat(library.get("/loans/ada/2025").statusCode()).isEqualTo(504);
  }

  // --- default replies

  @Test
  void theDefaultReplyStandsInForARefusalAndSaysSo() {
    library.ends(new CallResult.Refused<>("", Cause.UNAVAILABLE, "isolated"));
    defaulted(library.get("/readers/1234"));
    library.ends(new CallResult.Refused<>("", Cause.CRASHED, "it crashed"));
    defaulted(library.get("/readers/1234"));
    library.ends(new CallResult.Unknown<>("", "lost"));
    defaulted(library.get("/readers/1234"));
    library.asker = _ -> new CompletableFuture<>();
    defaulted(library.get("/readers/1234"));
  }

  @Test
  void aDefaultReplyThatFailsIsSaidAndTraced() {
    library.ends(new CallResult.Refused<>("", Cause.UNAVAILABLE, "isolated"));
    problem(
        library.get("/readers/0000"),
        500,
        "internal",
        "call must be answered, but cannot be: tell the operator the trace");
  }

  @Test
  void aRealReplyIsNotCalledADefaultReply() {
    library.ends(Fixture.replied(new Person("1234", "Ada")));
    var reply = library.get("/readers/1234");
    assertThat(reply.body()).isEqualTo("{\"reader\":\"1234\",\"name\":\"Ada\"}");
    assertThat(reply.headers().firstValue("Hormesis-Default-Reply")).isEmpty();
    library.ends(new CallResult.Declined<>("", "not for you"));
    assertThat(library.get("/readers/1234").statusCode()).isEqualTo(409);
  }

  private static void defaulted(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"reader\":\"1234\",\"name\":\"unknown\"}");
    assertThat(reply.headers().firstValue("Hormesis-Default-Reply")).contains("Reader");
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
  }

  // --- traces and headers

  @Test
  void aTraceGoesOn() {
    var reply =
        library.get("/search?title=a&exact=true", "traceparent", parent("00f067aa0ba902b7"));
    Ask ask = library.asked.getFirst();
    assertThat(ask.context().trace().traceId()).isEqualTo(TRACE);
    assertThat(ask.context().trace().spanId()).isNotEqualTo("00f067aa0ba902b7");
    assertThat(ask.context().trace().sampled()).isTrue();
    assertThat(reply.headers().firstValue("traceparent"))
        .contains(parent(ask.context().trace().spanId()));
  }

  @Test
  void aMalformedTraceIsIgnoredAndANewOneBegins() {
    for (String malformed :
        List.of("", "00-xyz", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "x".repeat(5_000))) {
      library.asked.clear();
      var reply = library.get("/search?title=a&exact=true", "traceparent", malformed);
      assertThat(reply.statusCode()).as(malformed).isEqualTo(200);
      assertThat(reply.headers().firstValue("traceparent").orElseThrow())
          .isEqualTo(library.asked.getFirst().context().trace().traceparent())
          .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }
  }

  @Test
  void aProblemNamesItsTrace() {
    var reply = library.get("/nowhere", "traceparent", parent("00f067aa0ba902b7"));
    assertThat(reply.body())
        .isEqualTo(
            "{\"type\":\"urn:hormesis:problem:no-such-path\",\"title\":\"There is no such path\",\"status\":404,\"detail\":\"path must be one of /loans, /loans/{reader}/{year}, /search, /readers/{card}, /sort, /loans/{reader}/burn, but was /nowhere: correct it\",\"instance\":\"urn:hormesis:trace:%s\",\"trace\":\"%s\"}"
                .formatted(TRACE, TRACE));
    assertThat(reply.headers().firstValue("traceparent").orElseThrow()).contains(TRACE);
  }

  @Test
  void internalHeadersFromOutsideAreLeftAtTheDoor() {
    String[] foreign = {
      "Hormesis-Scenario", "crash", "Hormesis-Default-Reply", "Who", "Hormesis-Partition", "x/9"
    };
    var reply = library.get("/search?title=a&exact=true", foreign);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().map().keySet())
        .noneMatch(it -> it.equalsIgnoreCase("Hormesis-Scenario"))
        .noneMatch(it -> it.equalsIgnoreCase("Hormesis-Default-Reply"));
    assertThat(reply.headers().firstValue("Hormesis-Partition")).contains("books");
    assertThat(library.asked.getFirst().message())
        .isEqualTo(new Books.Search("a", Optional.empty(), true));
  }

  private static String parent(String span) {
    return "00-%s-%s-01".formatted(TRACE, span);
  }

  private static void problem(HttpResponse<String> reply, int status, String kind, String detail) {
    assertThat(reply.body())
        .contains("\"type\":\"urn:hormesis:problem:%s\"".formatted(kind))
        .contains("\"detail\":\"%s\"".formatted(detail.replace("\"", "\\\"")));
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @BeforeEach
  void forget() {
    library.asked.clear();
    library.ends(Fixture.replied("done"));
  }

  @AfterAll
  void close() {
    library.close();
  }
}
