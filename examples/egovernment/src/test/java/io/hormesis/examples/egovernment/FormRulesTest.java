package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.examples.egovernment.Inbox.Confirm;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.RequestId;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormRulesTest {
  private static final String ADA = "01017012345";
  private static final RequestId KEY = new RequestId("k-1");
  private static final TaxReturn RETURN = new TaxReturn("r-1", ADA, 2025, 1, true);

  @Test
  void everyRecordAboutACitizenRefusesWhatIsNoCitizensNumber() {
    List<Function<String, Object>> records =
        List.of(
            Who::new,
            it -> new Citizen(it, "Ada Lie", "Mill Lane 1"),
            it -> new File(KEY, it, 2025, 1),
            it -> new Show(it, 2025),
            it -> new TaxReturn("r-1", it, 2025, 1, true),
            it -> new Keep(it, RETURN),
            ListDocuments::new,
            it -> new Confirm(it, new Letter("r-1", "text")),
            ReadInbox::new);

    for (Function<String, Object> record : records) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> record.apply("123"))
          .withMessage(
              "citizen must be 11 digits, but was \"123\": give a number such as 01017012345");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0101701234", "010170123456", "0101701234a", "-1017012345", "٠١٠١٧٠١٢٣٤٥"})
  void aCitizensNumberHasElevenDigits(String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Who(wrong))
        .withMessageStartingWith("citizen must be 11 digits, but was ");
  }

  @Test
  void aLongWrongNumberIsCutShortAndShownInPlainCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Who("\n" + "1".repeat(10_000)))
        .withMessage(
            "citizen must be 11 digits, but was \"?%s…\": give a number such as 01017012345"
                .formatted("1".repeat(39)));
  }

  @Test
  void aYearIsBetween1900And2100() {
    assertThat(new Show(ADA, 1900).year()).isEqualTo(1900);
    assertThat(new File(KEY, ADA, 2100, 1).year()).isEqualTo(2100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new File(KEY, ADA, 1899, 1))
        .withMessage("year must be 1900 to 2100, but was 1899: give the year of the income");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Show(ADA, 2101))
        .withMessage("year must be 1900 to 2100, but was 2101: give the year of the income");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaxReturn("r-1", ADA, 0, 1, true))
        .withMessage("year must be 1900 to 2100, but was 0: give the year of the income");
  }

  @Test
  void anIncomeIsBetweenNothingAndAMillionMillions() {
    assertThat(new File(KEY, ADA, 2025, 0).income()).isZero();
    assertThat(new File(KEY, ADA, 2025, 1_000_000_000_000L).income()).isEqualTo(1_000_000_000_000L);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new File(KEY, ADA, 2025, -1))
        .withMessage(
            "income must be 0 to 1000000000000, but was -1: give the income of the year, rounded to a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaxReturn("r-1", ADA, 2025, 1_000_000_000_001L, true))
        .withMessage(
            "income must be 0 to 1000000000000, but was 1000000000001: give the income of the year, rounded to a whole number");
  }

  @Test
  void aReceiptIsNotBlank() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Letter(" ", "text"))
        .withMessage("receipt must not be blank, but was \" \": take the one of the tax desk");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaxReturn("", ADA, 2025, 1, true))
        .withMessage("receipt must not be blank, but was \"\": take the one of the tax desk");
  }
}
