package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.examples.egovernment.Inbox.Confirm;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.RequestId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How this application's records look on the wire and in the log. */
class EGovernmentWireTest {
  private static final String ADA = "01017012345";
  private static final RequestId LONGEST_KEY = new RequestId("~".repeat(128));
  private static final List<TaxReturn> EVERY_YEAR =
      IntStream.rangeClosed(FormRules.FIRST_YEAR, FormRules.LAST_YEAR)
          .mapToObj(year -> new File(LONGEST_KEY, ADA, year, FormRules.HIGHEST_INCOME))
          .map(it -> new TaxReturn(Receipt.of(it), ADA, it.year(), it.income(), false))
          .toList();

  private final PlainCodec codec = new PlainCodec();

  static List<Record> records() {
    TaxReturn accepted = EVERY_YEAR.getFirst();
    Letter letter = new Letter(accepted.receipt(), "Your tax return for 1900 is accepted.");
    return List.of(
        new Who(ADA),
        Citizen.unverified(new Who(ADA)),
        new File(LONGEST_KEY, ADA, 2100, FormRules.HIGHEST_INCOME),
        new Show(ADA, 1900),
        accepted,
        new Keep(ADA, accepted),
        new ListDocuments(ADA),
        new Confirm(ADA, letter),
        new ReadInbox(ADA),
        new Desk(EVERY_YEAR),
        new Shelf(EVERY_YEAR),
        new Shelf(EVERY_YEAR).documents(),
        new Mail(EVERY_YEAR.stream().map(it -> new Letter(it.receipt(), letter.text())).toList()),
        Desk.EMPTY,
        Shelf.EMPTY,
        Mail.NONE);
  }

  /** Also the state of a citizen who has filed for every year there is: it fits into one entry. */
  @ParameterizedTest
  @MethodSource("records")
  void everyRecordComesBackAsItWas(Record written) {
    byte[] bytes = codec.encode(written);

    assertThat(codec.decode(bytes, written.getClass())).isEqualTo(written);
    assertThat(bytes.length).isLessThan(PlainCodec.LIMIT / 4);
  }

  /**
   * This is the recorded list: a number that has been in use never comes to mean another message.
   */
  @Test
  void messagesKeepTheirNumbers() {
    MessageRegistry registry = new MessageRegistry(new EGovernment().application());
    Map.of(
            "registry#1", "Citizens.Who",
            "tax-desk#1", "TaxReturns.File",
            "tax-desk#2", "TaxReturns.Show",
            "archive#1", "Archive.Keep",
            "archive#2", "Archive.ListDocuments",
            "inbox#1", "Inbox.Confirm",
            "inbox#2", "Inbox.ReadInbox")
        .forEach((number, name) -> {
          String[] parts = number.split("#", -1);
          assertThat(registry.find(parts[0], Integer.parseInt(parts[1])))
              .hasValueSatisfying(it -> assertThat(it.message().name()).isEqualTo(name));
          assertThat(registry.find(parts[0], 3)).isEmpty();
        });
  }
}
