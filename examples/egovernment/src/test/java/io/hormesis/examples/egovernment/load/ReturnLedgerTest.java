package io.hormesis.examples.egovernment.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.HistoryRecorder;
import io.hormesis.trial.Linearizability.Result;
import io.hormesis.trial.ReadBackTarget;
import io.hormesis.trial.ReferenceModel.Asked;
import io.hormesis.trial.TrialCall;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories of one citizen's year at the desk. */
class ReturnLedgerTest {
  private static final String ADA = "01017012345";
  private static final ReadBackTarget DESK = new ReadBackTarget("tax-desk", ADA);
  private static final TrialCall SHOW = read("/tax-returns/" + ADA + "/2025", DESK);

  private final ReturnLedger ledger = new ReturnLedger();
  private final HistoryRecorder<?, ?, ?> history = new HistoryRecorder<>(ledger);

  @Test
  void callsOfTheDeskAreAboutOneYearOfOneCitizen() {
    assertThat(ledger.asked(file(7)))
        .hasValue(new Asked<>(ADA + "/2025", new ReturnLedger.Ask.File(7)));
    assertThat(ledger.asked(SHOW))
        .hasValue(new Asked<>(ADA + "/2025", new ReturnLedger.Ask.Show()));
    assertThat(ledger.asked(read("/inbox/" + ADA, new ReadBackTarget("inbox", ADA)))).isEmpty();
    assertThat(ledger.asked(read("/citizens/" + ADA, new ReadBackTarget("registry", ADA))))
        .isEmpty();
  }

  @Test
  void aReturnIsAcceptedShownAndNotAcceptedAgain() {
    history.replied(SHOW, 0, reply(404, "{}"), 1);
    history.replied(file(7), 2, accepted("R1", 7), 3);
    history.replied(file(8), 4, reply(409, "{}"), 5);
    history.replied(SHOW, 6, shown("R1", 7), 7);

    assertThat(history.size()).isEqualTo(4);
    assertThat(history.judge()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void twoReturnsAreNotBothAccepted() {
    history.replied(file(7), 0, accepted("R1", 7), 9);
    history.replied(file(8), 0, accepted("R2", 8), 9);

    assertThat(sentence())
        .isEqualTo(
            "no order of its operations explains 01017012345/2025: "
                + "File[income=7] -> Has[receipt=R1, income=7] [0, 9]; "
                + "File[income=8] -> Has[receipt=R2, income=8] [0, 9]");
  }

  @Test
  void aReturnIsNotRefusedWithoutAReason() {
    history.replied(file(7), 0, reply(409, "{}"), 1);

    assertThat(history.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnDoesNotVanish() {
    history.replied(file(7), 0, accepted("R1", 7), 1);
    history.replied(SHOW, 2, reply(404, "{}"), 3);

    assertThat(history.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnDoesNotChange() {
    history.replied(file(7), 0, accepted("R1", 7), 1);
    history.replied(SHOW, 2, shown("R2", 7), 3);

    assertThat(history.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnIsAcceptedWithTheIncomeThatWasFiled() {
    history.replied(file(7), 0, accepted("R1", 8), 1);

    assertThat(history.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnOfUnknownOutcomeMayBeThereLater() {
    history.silent(file(7), 0);
    history.replied(SHOW, 2, reply(404, "{}"), 3);
    history.replied(SHOW, 4, shown("R1", 7), 5);
    history.replied(file(8), 6, reply(409, "{}"), 7);
    assertThat(history.judge()).isEqualTo(new Result.Linearizable());

    history.replied(SHOW, 8, shown("R2", 7), 9);
    assertThat(history.judge()).isInstanceOf(Result.NotLinearizable.class);
  }

  @Test
  void aReturnOfUnknownOutcomeMayNeverBeThere() {
    history.silent(file(7), 0);
    history.replied(file(8), 6, accepted("R2", 8), 7);
    history.replied(SHOW, 8, shown("R2", 8), 9);

    assertThat(history.judge()).isEqualTo(new Result.Linearizable());
  }

  @Test
  void theWordOfThePlatformProvesNothing() {
    history.replied(file(7), 0, reply(503, "{}"), 1);
    history.replied(SHOW, 2, shown("R1", 7), 3);
    history.replied(SHOW, 4, reply(503, "{}"), 5);
    history.replied(
        SHOW,
        6,
        new EdgeReply(
            404, Map.of("Hormesis-Default-Reply", "Show"), "", URI.create("http://127.0.0.1:1")),
        7);

    assertThat(history.size()).isEqualTo(2);
    assertThat(history.judge()).isEqualTo(new Result.Linearizable());
  }

  private String sentence() {
    return history.judge() instanceof Result.NotLinearizable no
        ? no.sentence()
        : history.judge().toString();
  }

  private static TrialCall file(long income) {
    return TrialCall.Write.post(
        "/tax-returns",
        "{\"citizen\":\"%s\",\"year\":2025,\"income\":%d}".formatted(ADA, income),
        DESK);
  }

  private static TrialCall read(String path, ReadBackTarget spot) {
    return new TrialCall.Read(EdgeRequest.get(path), spot, false, Optional.empty());
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
