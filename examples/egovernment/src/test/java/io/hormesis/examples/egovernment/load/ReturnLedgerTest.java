package io.hormesis.examples.egovernment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.Call;
import io.hormesis.trial.Chronicle;
import io.hormesis.trial.Ledger.Asked;
import io.hormesis.trial.Linearizability.Result;
import io.hormesis.trial.Spot;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories of one citizen's year at the desk. */
class ReturnLedgerTest {
  private static final String ADA = "01017012345";
  private static final Spot DESK = new Spot("tax-desk", ADA);
  private static final Call SHOW = read("/tax-returns/" + ADA + "/2025", DESK);

  private final ReturnLedger ledger = new ReturnLedger();
  private final Chronicle<?, ?, ?> chronicle = new Chronicle<>(ledger);

  @Test
  void callsOfTheDeskAreAboutOneYearOfOneCitizen() {
    assertThat(ledger.asked(file(7)))
        .hasValue(new Asked<>(ADA + "/2025", new ReturnLedger.Ask.File(7)));
    assertThat(ledger.asked(SHOW))
        .hasValue(new Asked<>(ADA + "/2025", new ReturnLedger.Ask.Show()));
    assertThat(ledger.asked(read("/inbox/" + ADA, new Spot("inbox", ADA)))).isEmpty();
    assertThat(ledger.asked(read("/citizens/" + ADA, new Spot("registry", ADA)))).isEmpty();
  }

  @Test
  void aReturnIsAcceptedShownAndNotAcceptedAgain() {
    chronicle.replied(SHOW, 0, reply(404, "{}"), 1);
    chronicle.replied(file(7), 2, accepted("R1", 7), 3);
    chronicle.replied(file(8), 4, reply(409, "{}"), 5);
    chronicle.replied(SHOW, 6, shown("R1", 7), 7);

    assertThat(chronicle.size()).isEqualTo(4);
    assertThat(chronicle.judge()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void twoReturnsAreNotBothAccepted() {
    chronicle.replied(file(7), 0, accepted("R1", 7), 9);
    chronicle.replied(file(8), 0, accepted("R2", 8), 9);

    assertThat(sentence())
        .isEqualTo(
            "no order of its operations explains 01017012345/2025: "
                + "File[income=7] -> Has[receipt=R1, income=7] [0, 9]; "
                + "File[income=8] -> Has[receipt=R2, income=8] [0, 9]");
  }

  @Test
  void aReturnIsNotRefusedWithoutAReason() {
    chronicle.replied(file(7), 0, reply(409, "{}"), 1);

    assertThat(chronicle.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnDoesNotVanish() {
    chronicle.replied(file(7), 0, accepted("R1", 7), 1);
    chronicle.replied(SHOW, 2, reply(404, "{}"), 3);

    assertThat(chronicle.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnDoesNotChange() {
    chronicle.replied(file(7), 0, accepted("R1", 7), 1);
    chronicle.replied(SHOW, 2, shown("R2", 7), 3);

    assertThat(chronicle.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnIsAcceptedWithTheIncomeThatWasFiled() {
    chronicle.replied(file(7), 0, accepted("R1", 8), 1);

    assertThat(chronicle.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnOfUnknownOutcomeMayBeThereLater() {
    chronicle.silent(file(7), 0);
    chronicle.replied(SHOW, 2, reply(404, "{}"), 3);
    chronicle.replied(SHOW, 4, shown("R1", 7), 5);
    chronicle.replied(file(8), 6, reply(409, "{}"), 7);
    assertThat(chronicle.judge()).isEqualTo(new Result.Linearizable());

    chronicle.replied(SHOW, 8, shown("R2", 7), 9);
    assertThat(chronicle.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnOfUnknownOutcomeMayNeverBeThere() {
    chronicle.silent(file(7), 0);
    chronicle.replied(file(8), 6, accepted("R2", 8), 7);
    chronicle.replied(SHOW, 8, shown("R2", 8), 9);

    assertThat(chronicle.judge()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void theWordOfThePlatformProvesNothing() {
    chronicle.replied(file(7), 0, reply(503, "{}"), 1);
    chronicle.replied(SHOW, 2, shown("R1", 7), 3);
    chronicle.replied(SHOW, 4, reply(503, "{}"), 5);
    chronicle.replied(
        SHOW,
        6,
        new EdgeReply(
            404, Map.of("Hormesis-Default-Reply", "Show"), "", URI.create("http://127.0.0.1:1")),
        7);

    assertThat(chronicle.size()).isEqualTo(2);
    assertThat(chronicle.judge()).isEqualTo(new Result.Linearizable());
  }

  private String sentence() {
    return chronicle.judge() instanceof Result.NotLinearizable no
        ? no.sentence()
        : chronicle.judge().toString();
  }

  private static Call file(long income) {
    return Call.Write.post(
        "/tax-returns",
        "{\"citizen\":\"%s\",\"year\":2025,\"income\":%d}".formatted(ADA, income),
        DESK);
  }

  private static Call read(String path, Spot spot) {
    return new Call.Read(EdgeRequest.get(path), spot, false, Optional.empty());
  }

  private static EdgeReply accepted(String receipt, long income) {
    return reply(201, body(receipt, income));
  }

  private static EdgeReply shown(String receipt, long income) {
    return reply(200, body(receipt, income));
  }

  private static String body(String receipt, long income) {
    return "{\"receipt\":\"%s\",\"citizen\":\"%s\",\"year\":2025,\"income\":%d,\"verified\":true}"
        .formatted(receipt, ADA, income);
  }

  private static EdgeReply reply(int status, String body) {
    return new EdgeReply(status, Map.of(), body, URI.create("http://127.0.0.1:1"));
  }
}
