package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.process.RequestId;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final String ADA = "01017012345";

  @Test
  void aRepeatedRequestHasTheSameReceipt() {
    assertThat(receipt("k-1", ADA, 2025))
        .isEqualTo("2025-c7bd1f93674bd9604ca4065c")
        .isEqualTo(receipt("k-1", ADA, 2025));
  }

  @Test
  void anotherCitizenYearOrRequestHasAnotherReceipt() {
    assertThat(receipt("k-1", ADA, 2025))
        .isNotEqualTo(receipt("k-2", ADA, 2025))
        .isNotEqualTo(receipt("k-1", ADA, 2024))
        .isNotEqualTo(receipt("k-1", "01017012346", 2025));
  }

  private static String receipt(String id, String citizen, int year) {
    return Receipt.of(new File(new RequestId(id), citizen, year, 1));
  }
}
