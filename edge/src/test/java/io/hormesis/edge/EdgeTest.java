package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Library.Books;
import io.hormesis.edge.Library.Loan;
import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Ending;
import io.hormesis.process.RequestId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {
  private final Fixture library = new Fixture();

  @Test
  void aCommandThatIsDoneIsCreatedAndSaysHowSafeItIs() {
    library.ends(
        new Ending.Replied("books/2", new Loan("r-1", "ada", 2025, false), Optional.of("durable")));
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
    assertThat(ask.within()).isEqualTo(Duration.ofSeconds(2));
  }

  @BeforeEach
  void forget() {
    library.asked.clear();
  }

  @AfterAll
  void close() {
    library.close();
  }
}
