package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Library.Person;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What is wrong with a call is said, and nothing is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BadInput {
  final Fixture library = new Fixture();

  final void wrong(HttpResponse<String> reply, String field, String detail) {
    refused(reply, 400, detail);
    assertThat(reply.body()).contains("\"field\":\"%s\"".formatted(field));
  }

  final void refused(HttpResponse<String> reply, int status, String detail) {
    assertThat(reply.body()).contains("\"detail\":\"%s\"".formatted(detail.replace("\"", "\\\"")));
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.body()).contains("\"status\":" + status);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(library.asked).as("what was asked").isEmpty();
  }

  @BeforeEach
  void forget() {
    library.asked.clear();
    library.ends(Fixture.replied(new Person("ada", "Ada")));
  }

  @AfterAll
  void close() {
    library.close();
  }
}
