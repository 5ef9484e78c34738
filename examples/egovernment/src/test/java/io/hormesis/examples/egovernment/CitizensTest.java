package io.hormesis.examples.egovernment;

import static io.hormesis.edge.EdgeRequest.get;
import static io.hormesis.edge.EdgeRequest.post;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.injection.Fault;
import io.hormesis.process.Answer;
import io.hormesis.process.Outcome;
import io.hormesis.process.Pending;
import io.hormesis.process.RequestId;
import io.hormesis.testing.Lab;
import io.hormesis.testing.Simulated;
import java.util.List;

/** What citizens can rely on, whatever breaks. */
final class CitizensTest {
  private static final String ANN = "01017012345";

  @Simulated(seeds = 10)
  void citizensCanStillFileWhenTheArchiveIsLost(Lab lab) {
    lab.start(new EGovernment());
    lab.lose("archive");

    assertThat(lab.send(returnOf(2025, "ann-1"))).isInstanceOf(Outcome.Replied.class);
    assertThat(lab.ask(new Show(ANN, 2025))).isPresent();
    assertThat(lab.ask(new ListDocuments(ANN), new Documents(List.of())))
        .isInstanceOf(Answer.Defaulted.class);

    lab.bringBack("archive");
    lab.within(
        ofSeconds(30), () -> assertThat(lab.ask(new ListDocuments(ANN)).documents()).hasSize(1));
    lab.within(ofSeconds(30), () -> assertThat(lab.ask(new ReadInbox(ANN)).messages()).hasSize(1));
  }

  @Simulated(seeds = 10)
  void nobodyFilesTwiceForAYearHoweverOftenTheyAskWhileTheDeskFails(Lab lab) {
    lab.start(new EGovernment());
    File one = returnOf(2025, "ann-1");
    File other = returnOf(2025, "ann-2");

    List<Pending<Outcome<TaxReturn>>> underWay = List.of(lab.sending(one), lab.sending(other));
    lab.pass(ofMillis(lab.random().nextInt(20)));
    lab.make(new Fault.Kill(lab.leaderOf("tax-desk", ANN), ofSeconds(2)));
    underWay.forEach(Pending::await);

    lab.untilWhole();
    List<Outcome<TaxReturn>> told = List.of(lab.send(one), lab.send(other));
    assertThat(told).filteredOn(Outcome.Replied.class::isInstance).hasSize(1);
    assertThat(told).filteredOn(Outcome.Refused.class::isInstance).hasSize(1);
  }

  @Simulated(seeds = 10)
  void whatWasAcceptedIsThereWhenAllServersHaveLostTheirPower(Lab lab) {
    lab.start(new EGovernment());
    String body = "{\"citizen\":\"%s\",\"year\":2025,\"income\":512000}".formatted(ANN);
    EdgeReply filed = lab.http(post("/tax-returns", body, "ann-1"));
    assertThat(filed.status()).as(filed.body()).isEqualTo(201);

    lab.make(new Fault.Blackout(ofSeconds(1)));
    lab.untilWhole();

    assertThat(lab.http(post("/tax-returns", body, "ann-1")).body()).isEqualTo(filed.body());
    assertThat(lab.http(get("/tax-returns/" + ANN + "/2025")).status()).isEqualTo(200);
  }

  @Simulated(seeds = 10)
  void citizensOfARegionThatIsCutOffFileElsewhereAndNotThere(Lab lab) {
    lab.start(new EGovernment());
    lab.make(new Fault.Isolation("a1", ofSeconds(10)));
    lab.make(new Fault.Isolation("a2", ofSeconds(10)));
    lab.pass(ofSeconds(3));

    assertThat(lab.in("a").send(returnOf(2024, "ann-1"))).isNotInstanceOf(Outcome.Replied.class);
    assertThat(lab.in("b").send(returnOf(2025, "ann-2"))).isInstanceOf(Outcome.Replied.class);
  }

  private static File returnOf(int year, String id) {
    return new File(new RequestId(id), ANN, year, 512_000);
  }
}
