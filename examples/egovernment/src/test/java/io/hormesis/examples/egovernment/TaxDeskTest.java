package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.examples.egovernment.Inbox.Confirm;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.Answer;
import io.hormesis.process.Peer;
import io.hormesis.process.RequestId;
import io.hormesis.process.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaxDeskTest {
  private static final String ADA = "01017012345";
  private static final File FILE = new File(new RequestId("k-1"), ADA, 2025, 512_000);
  private static final TaxReturn ACCEPTED =
      new TaxReturn(Receipt.of(FILE), ADA, 2025, 512_000, true);

  private static final Peer<Who, Answer<Citizen>> KNOWS_EVERYONE =
      who -> () -> new Answer.Replied<>(new Citizen(who.citizen(), "Ada Lie", "Mill Lane 1"));
  private static final Peer<Who, Answer<Citizen>> IS_LOST =
      who -> () -> new Answer.Defaulted<>(Citizen.unverified(who), "no server of it is left");

  private final TaxDesk desk = new TaxDesk(KNOWS_EVERYONE);

  @Test
  void aReturnIsAcceptedAndArchiveAndCitizenAreTold() {
    assertThat(desk.on(desk.initial(), FILE))
        .isEqualTo(
            Step.become(new Desk(List.of(ACCEPTED)), FILE.reply(ACCEPTED))
                .telling(
                    new Keep(ADA, ACCEPTED),
                    new Confirm(
                        ADA,
                        new Letter(ACCEPTED.receipt(), "Your tax return for 2025 is accepted."))));
  }

  @Test
  void citizensCanStillFileWhenTheRegistryIsLost() {
    TaxReturn unverified = new TaxReturn(ACCEPTED.receipt(), ADA, 2025, 512_000, false);
    Letter letter =
        new Letter(
            ACCEPTED.receipt(), "Your tax return for 2025 is accepted, to be verified later.");

    assertThat(new TaxDesk(IS_LOST).on(Desk.EMPTY, FILE))
        .isEqualTo(
            Step.become(new Desk(List.of(unverified)), FILE.reply(unverified))
                .telling(new Keep(ADA, unverified), new Confirm(ADA, letter)));
  }

  @Test
  void aSecondReturnForTheYearIsRefusedAndNothingChanges() {
    File second = new File(new RequestId("k-2"), ADA, 2025, 1);

    assertThat(desk.on(new Desk(List.of(ACCEPTED)), second))
        .isEqualTo(Step.keep(second.refuse("one return per citizen and year")));
  }

  @Test
  void aReturnForAnotherYearIsAcceptedBesideTheFirst() {
    File next = new File(new RequestId("k-2"), ADA, 2026, 0);
    TaxReturn second = new TaxReturn(Receipt.of(next), ADA, 2026, 0, true);

    assertThat(desk.on(new Desk(List.of(ACCEPTED)), next).next())
        .contains(new Desk(List.of(ACCEPTED, second)));
  }

  @Test
  void aFiledReturnIsShown() {
    Show show = new Show(ADA, 2025);

    assertThat(desk.on(new Desk(List.of(ACCEPTED)), show))
        .isEqualTo(Step.keep(show.reply(Optional.of(ACCEPTED))));
  }

  @Test
  void aYearWithoutAReturnIsShownAsEmpty() {
    Show show = new Show(ADA, 2024);

    assertThat(desk.on(new Desk(List.of(ACCEPTED)), show))
        .isEqualTo(Step.keep(show.reply(Optional.empty())));
  }

  @Test
  void nobodyIsAskedWhereTheAnswerWouldNotMatter() {
    List<Who> asked = new ArrayList<>();
    TaxDesk watched =
        new TaxDesk(who -> {
          asked.add(who);
          return KNOWS_EVERYONE.ask(who);
        });
    watched.on(Desk.EMPTY, new Show(ADA, 2025));
    watched.on(new Desk(List.of(ACCEPTED)), FILE);
    assertThat(asked).isEmpty();

    watched.on(Desk.EMPTY, FILE);
    assertThat(asked).containsExactly(new Who(ADA));
  }
}
