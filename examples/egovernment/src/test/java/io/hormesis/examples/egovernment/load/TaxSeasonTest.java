package io.hormesis.examples.egovernment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.ReadBackTarget;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import io.hormesis.trial.Workload;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TaxSeasonTest {
  private static final AcknowledgedWrites NOTHING = _ -> Optional.empty();
  private static final String CITIZEN = "01017012345";
  private static final String FILED =
      "{\"citizen\":\"01017012345\",\"year\":2025,\"income\":512000}";
  private static final TrialCall.Write WRITE =
      TrialCall.Write.post("/tax-returns", FILED, new ReadBackTarget("tax-desk", CITIZEN));
  private static final TrialCall.Acknowledged KNOWN = new TrialCall.Acknowledged(WRITE, "R1");
  private static final String SHOWN =
      "{\"receipt\":\"R1\",\"citizen\":\"01017012345\",\"year\":2025,\"income\":512000,"
          + "\"verified\":true}";

  private final TaxSeason season = new TaxSeason();

  @Test
  void isFoundInTheApplicationsOwnJar() {
    assertThat(ServiceLoader.load(Workload.class))
        .anyMatch(it -> it instanceof TaxSeason && it.application().equals("e-government"));
  }

  @Test
  void fourCallsOfTenAtLeastAreWritesAndEveryProcessIsAsked() {
    var calls = new HashMap<String, Integer>();
    for (long number = 0; number < 10_000; number++) {
      TrialCall call = season.draw(1, new SplittableRandom(number), NOTHING);
      String kind = call instanceof TrialCall.Write ? "write" : call.spot().process();
      calls.merge(kind, 1, Integer::sum);
    }
    assertThat(calls.get("write")).isBetween(4_400, 4_800);
    assertThat(calls).containsOnlyKeys("write", "tax-desk", "archive", "inbox", "registry");
    assertThat(calls.values()).allMatch(it -> it > 1_000);
  }

  @Test
  void everyFiledReturnKeepsToTheContract() {
    var filed =
        Pattern.compile("\\{\"citizen\":\"(\\d{11})\",\"year\":(\\d{4}),\"income\":(\\d{1,13})}");
    var citizens = new HashSet<String>();
    for (long number = 0; number < 5_000; number++) {
      if (season.draw(1, new SplittableRandom(number), NOTHING) instanceof TrialCall.Write write) {
        var fields = filed.matcher(write.request().body());
        assertThat(fields.matches()).as(write.request().body()).isTrue();
        assertThat(Integer.parseInt(fields.group(2))).isBetween(1900, 2100);
        assertThat(Long.parseLong(fields.group(3))).isBetween(0L, 1_000_000_000_000L);
        assertThat(write.spot()).isEqualTo(new ReadBackTarget("tax-desk", fields.group(1)));
        citizens.add(fields.group(1));
      }
    }
    assertThat(citizens).hasSizeGreaterThan(2_000);
  }

  @Test
  void theSameNumbersDrawTheSameCallAndAnotherRunOtherCitizens() {
    TrialCall call = season.draw(1, new SplittableRandom(5), NOTHING);
    assertThat(season.draw(1, new SplittableRandom(5), NOTHING)).isEqualTo(call);
    assertThat(season.draw(2, new SplittableRandom(5), NOTHING).spot()).isNotEqualTo(call.spot());
  }

  @Test
  void onlyTheRouteOfTheRegistryDeclaresADefaultReply() {
    for (long number = 0; number < 1_000; number++) {
      if (season.draw(1, new SplittableRandom(number), NOTHING) instanceof TrialCall.Read read) {
        assertThat(read.defaultDeclared()).isEqualTo(read.spot().process().equals("registry"));
      }
    }
  }

  @Test
  void acknowledgedReturnsAreReadBackWhileItRuns() {
    AcknowledgedWrites one = _ -> Optional.of(KNOWN);
    assertThat(
            java.util.stream.LongStream.range(0, 1_000)
                .mapToObj(it -> season.draw(1, new SplittableRandom(it), one))
                .filter(it -> it.request().path().equals("/tax-returns/01017012345/2025")))
        .hasSizeGreaterThan(100);
  }

  @Test
  void aReturnIsAcceptedOnlyWhenTheReceiptConfirmsWhatWasFiled() {
    assertThat(season.meaning(WRITE, reply(201, SHOWN))).isEqualTo(new ReplyMeaning.Accepted("R1"));
    assertThat(season.meaning(WRITE, reply(201, SHOWN.replace("512000", "1"))))
        .isInstanceOf(ReplyMeaning.Strange.class);
    assertThat(season.meaning(WRITE, reply(201, "not JSON")))
        .isInstanceOf(ReplyMeaning.Strange.class);
    assertThat(season.meaning(WRITE, reply(409, "{}"))).isEqualTo(new ReplyMeaning.Declined());
    assertThat(season.meaning(WRITE, reply(400, "{}"))).isInstanceOf(ReplyMeaning.Strange.class);
  }

  @Test
  void aReadOfAnAcknowledgedReturnMustShowIt() {
    var read =
        new TrialCall.Read(
            season.readBack(WRITE, WRITE.spot()), WRITE.spot(), false, Optional.of(KNOWN));
    assertThat(season.meaning(read, reply(200, SHOWN))).isEqualTo(new ReplyMeaning.Shown());
    assertThat(season.meaning(read, reply(404, "{}"))).isInstanceOf(ReplyMeaning.Untrue.class);
    assertThat(season.meaning(read, reply(200, SHOWN.replace("R1", "R2"))))
        .isInstanceOf(ReplyMeaning.Untrue.class);
    assertThat(season.meaning(read, reply(400, "{}"))).isInstanceOf(ReplyMeaning.Strange.class);
  }

  @Test
  void notFoundIsARealReplyOfTheDeskOnly() {
    var desk = read("tax-desk", "/tax-returns/01017012345/1999");
    var inbox = read("inbox", "/inbox/01017012345");
    assertThat(season.meaning(desk, reply(404, "{}"))).isEqualTo(new ReplyMeaning.Shown());
    assertThat(season.meaning(inbox, reply(404, "{}"))).isInstanceOf(ReplyMeaning.Strange.class);
  }

  @Test
  void aReturnMustBeAtTheDeskInTheArchiveAndInTheInbox() {
    assertThat(season.spots(WRITE))
        .containsExactly(
            new ReadBackTarget("tax-desk", CITIZEN),
            new ReadBackTarget("archive", CITIZEN),
            new ReadBackTarget("inbox", CITIZEN));
    assertThat(season.spots(WRITE).stream().map(it -> season.readBack(WRITE, it).path()))
        .containsExactly(
            "/tax-returns/01017012345/2025", "/archive/01017012345", "/inbox/01017012345");
  }

  @Test
  void aReturnIsCountedAtTheDesk() {
    ReadBackTarget desk = WRITE.spot();
    assertThat(season.count(KNOWN, desk, reply(200, SHOWN))).isEqualTo(1);
    assertThat(season.count(KNOWN, desk, reply(404, "{}"))).isZero();
    assertThat(season.count(KNOWN, desk, reply(200, SHOWN.replace("R1", "R2")))).isZero();
  }

  @Test
  void aReturnIsCountedInTheArchiveUnderAnyReceipt() {
    ReadBackTarget archive = new ReadBackTarget("archive", CITIZEN);
    String one = "{\"receipt\":\"R1\",\"year\":2025}";
    String again = "{\"receipt\":\"R2\",\"year\":2025}";
    String other = "{\"receipt\":\"R3\",\"year\":2024}";
    assertThat(season.count(KNOWN, archive, documents(one, other))).isEqualTo(1);
    assertThat(season.count(KNOWN, archive, documents(one, one))).isEqualTo(2);
    assertThat(season.count(KNOWN, archive, documents(one, again))).isEqualTo(2);
    assertThat(season.count(KNOWN, archive, documents(other))).isZero();
  }

  @Test
  void aReturnIsCountedInTheInbox() {
    ReadBackTarget inbox = new ReadBackTarget("inbox", CITIZEN);
    String letter = "{\"receipt\":\"R1\",\"text\":\"received\"}";
    assertThat(season.count(KNOWN, inbox, messages(letter))).isEqualTo(1);
    assertThat(season.count(KNOWN, inbox, messages(letter, letter))).isEqualTo(2);
    assertThat(season.count(KNOWN, inbox, messages())).isZero();
  }

  @Test
  void aReturnThatNobodyAcknowledgedIsRecognisedByItsContent() {
    assertThat(season.recognise(WRITE, reply(200, SHOWN))).hasValue("R1");
    assertThat(season.recognise(WRITE, reply(200, SHOWN.replace("512000", "7")))).isEmpty();
    assertThat(season.recognise(WRITE, reply(404, "{}"))).isEmpty();
  }

  private static TrialCall.Read read(String process, String path) {
    return new TrialCall.Read(
        EdgeRequest.get(path), new ReadBackTarget(process, CITIZEN), false, Optional.empty());
  }

  private static EdgeReply documents(String... documents) {
    return reply(200, "{\"documents\":" + List.of(documents) + "}");
  }

  private static EdgeReply messages(String... messages) {
    return reply(200, "{\"messages\":" + List.of(messages) + "}");
  }

  private static EdgeReply reply(int status, String body) {
    return new EdgeReply(status, Map.of(), body, URI.create("http://127.0.0.1:1"));
  }
}
