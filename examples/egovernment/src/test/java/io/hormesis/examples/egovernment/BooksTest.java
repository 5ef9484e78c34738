package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.Command;
import io.hormesis.process.Damage.Judgement;
import io.hormesis.process.History;
import io.hormesis.process.NoAnswerException;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Histories written by hand: what citizens were told, and what the places say in the end. */
class BooksTest {
  private static final String ADA = "01017012345";
  private static final String OLE = "02027012345";

  private final Town town = new Town();

  @Test
  void nothingHappensToAReturnThatIsEverywhereOnce() {
    town.accepts(ADA, 2024).isTold(1, 1);
    town.accepts(ADA, 2025).isTold(1, 1);
    town.accepts(OLE, 2025).isTold(1, 1);

    assertThat(happened()).isEmpty();
  }

  @Test
  void aTownWithoutReturnsHasNoDamage() {
    assertThat(happened()).isEmpty();
    assertThat(town.asked).isEmpty();
  }

  @Test
  void aReturnThatTheArchiveWasNeverToldOfIsMissing() {
    town.accepts(ADA, 2024).isTold(1, 1);
    TaxReturn lost = town.accepts(ADA, 2025).isTold(0, 1);

    assertThat(happened())
        .isEqualTo(
            Map.of(
                "an accepted return is missing from the archive",
                List.of(
                    "return %s of citizen %s is not in the archive"
                        .formatted(lost.receipt(), ADA))));
  }

  @Test
  void aReturnThatTheArchiveWasToldOfTwiceIsDoubled() {
    TaxReturn twice = town.accepts(ADA, 2025).isTold(2, 1);

    assertThat(happened())
        .isEqualTo(
            Map.of(
                "an accepted return is in the archive more than once",
                List.of(
                    "the archive has documents [%s, %s] for 2025 of citizen %s"
                        .formatted(twice.receipt(), twice.receipt(), ADA))));
  }

  @Test
  void aReturnThatIsInTheArchiveUnderTwoReceiptsIsDoubled() {
    TaxReturn filed = town.accepts(ADA, 2025).isTold(1, 1);
    town.archive.getOrDefault(ADA, List.of()).add(new Documents.Document("2025-other", 2025));

    assertThat(happened())
        .isEqualTo(
            Map.of(
                "an accepted return is in the archive more than once",
                List.of(
                    "the archive has documents [%s, 2025-other] for 2025 of citizen %s"
                        .formatted(filed.receipt(), ADA))));
  }

  @Test
  void aReturnHasOneMessage() {
    TaxReturn none = town.accepts(ADA, 2025).isTold(1, 0);
    TaxReturn three = town.accepts(OLE, 2025).isTold(1, 3);

    assertThat(happened())
        .isEqualTo(
            Map.of(
                "an accepted return has no message, or several, in the inbox",
                List.of(
                    "return %s of citizen %s has 0 messages in the inbox, not one"
                        .formatted(none.receipt(), ADA),
                    "return %s of citizen %s has 3 messages in the inbox, not one"
                        .formatted(three.receipt(), OLE))));
  }

  @Test
  void aReturnThatTheDeskNoLongerShowsIsForgotten() {
    town.accepts(ADA, 2024).isTold(1, 1);
    TaxReturn gone = town.accepts(ADA, 2025).isTold(1, 1);
    town.desk.remove(new Show(ADA, 2025));

    assertThat(happened())
        .isEqualTo(
            Map.of(
                "an accepted return is not at the tax desk as it was accepted",
                List.of("%s was accepted, but the tax desk shows Optional.empty".formatted(gone))));
  }

  @Test
  void aSecondReturnForOneYearIsSeenEverywhere() {
    TaxReturn first = town.accepts(ADA, 2025).isTold(1, 1);
    TaxReturn second = town.accepts(ADA, 2025).isTold(1, 1);

    assertThat(happened())
        .isEqualTo(
            Map.of(
                "an accepted return is in the archive more than once",
                List.of(
                    "the archive has documents [%s, %s] for 2025 of citizen %s"
                        .formatted(first.receipt(), second.receipt(), ADA)),
                "an accepted return is not at the tax desk as it was accepted",
                List.of(
                    "%s was accepted, but the tax desk shows Optional[%s]"
                        .formatted(first, second)),
                "two returns of a citizen are accepted for one year",
                List.of(
                    "returns [%s, %s] were accepted for 2025 of citizen %s"
                        .formatted(first.receipt(), second.receipt(), ADA))));
  }

  @Test
  void aCitizenWhoWasToldTwiceOfTheSameReturnHasOne() {
    town.accepts(ADA, 2025).isTold(1, 1);
    town.told.add(town.told.getFirst());

    assertThat(happened()).isEmpty();
  }

  @Test
  void whatNobodyWasPromisedMayBeThereOrNot() {
    town.accepts(ADA, 2025).isTold(1, 1);
    town.told.clear();

    assertThat(happened()).isEmpty();
  }

  @Test
  void aCitizensArchiveIsAskedOnceForAllReturns() {
    town.accepts(ADA, 2024).isTold(1, 1);
    town.accepts(ADA, 2025).isTold(1, 1);

    assertThat(Books.missing(town)).isEmpty();
    assertThat(town.asked).containsExactly(new ListDocuments(ADA));
  }

  @Test
  void nothingIsJudgedWhileNobodyAnswers() {
    town.accepts(ADA, 2025).isTold(1, 1);
    town.answers = false;

    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> Books.missing(town));
    assertThat(new EGovernment().application().damages())
        .filteredOn(it -> it.judge(town) instanceof Judgement.NotJudged)
        .hasSize(4);
  }

  private Map<String, List<String>> happened() {
    Map<String, List<String>> found = new TreeMap<>();
    new EGovernment()
        .application()
        .damages()
        .forEach(it -> {
          switch (it.judge(town)) {
            case Judgement.Absent _ -> {}
            case Judgement.Happened(List<String> times) -> found.put(it.name(), times);
            case Judgement.NotJudged(String why) -> found.put(it.name(), List.of(why));
          }
        });
    return found;
  }

  /** Desk, archive and inbox at the end of a run. */
  private static final class Town implements History {
    private final List<Acknowledged<File, TaxReturn>> told = new ArrayList<>();
    private final Map<Show, TaxReturn> desk = new HashMap<>();
    private final Map<String, List<Documents.Document>> archive = new HashMap<>();
    private final Map<String, List<Letter>> inbox = new HashMap<>();
    private final List<Query<?>> asked = new ArrayList<>();
    private boolean answers = true;

    /** A return that a citizen was told to be accepted; nobody else is told yet. */
    Accepted accepts(String citizen, int year) {
      File file = new File(new RequestId("k-" + told.size()), citizen, year, 1_000);
      TaxReturn accepted = new TaxReturn(Receipt.of(file), citizen, year, 1_000, true);
      told.add(new Acknowledged<>(file, accepted));
      desk.put(new Show(citizen, year), accepted);
      return (documents, letters) -> {
        for (int i = 0; i < documents; i++) {
          archive
              .computeIfAbsent(citizen, _ -> new ArrayList<>())
              .add(new Documents.Document(accepted.receipt(), year));
        }
        for (int i = 0; i < letters; i++) {
          inbox
              .computeIfAbsent(citizen, _ -> new ArrayList<>())
              .add(new Letter(accepted.receipt(), "accepted"));
        }
        return accepted;
      };
    }

    @Override
    @SuppressWarnings("unchecked") // this town knows one command only
    public <R, C extends Command<R>> List<Acknowledged<C, R>> acknowledged(Class<C> command) {
      assertThat(command).isEqualTo(File.class);
      return told.stream().map(it -> (Acknowledged<C, R>) it).toList();
    }

    @Override
    @SuppressWarnings("unchecked") // each query has the reply of its kind
    public <R> R ask(Query<R> query) {
      asked.add(query);
      if (!answers) {
        throw new NoAnswerException(query, "no server is left");
      }
      return (R)
          switch (query) {
            case Show show -> Optional.ofNullable(desk.get(show));
            case ListDocuments list ->
                new Documents(archive.getOrDefault(list.citizen(), List.of()));
            case ReadInbox read -> new Mail(inbox.getOrDefault(read.citizen(), List.of()));
            case Who who -> Citizen.unverified(who);
            default -> throw new AssertionError(query);
          };
    }
  }

  /** Who else learned of an accepted return. */
  private interface Accepted {
    TaxReturn isTold(int documents, int letters);
  }
}
