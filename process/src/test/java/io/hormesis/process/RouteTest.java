package io.hormesis.process;

import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  @Test
  void aQueryIsGotAndHasNoDefaultReplyUnlessItSaysSo() {
    var route = get("/loans/{book}", ReadingRoom.Loans.Lent.class);

    assertThat(route.method()).isEqualTo("GET");
    assertThat(route.request()).isEqualTo(ReadingRoom.Loans.Lent.class);
    assertThat(route.deadline()).isEqualTo(Duration.ofSeconds(2));
    assertThat(route.defaultReply()).isEmpty();
    assertThat(route.otherwise(_ -> Optional.empty()).defaultReply()).isPresent();
  }

  @Test
  void aCommandIsPosted() {
    var route = post("/loans", ReadingRoom.Loans.Lend.class).within(ofMillis(700));

    assertThat(route.method()).isEqualTo("POST");
    assertThat(route.request()).isEqualTo(ReadingRoom.Loans.Lend.class);
    assertThat(route.deadline()).isEqualTo(ofMillis(700));
  }

  @Test
  void aDefaultReplyStaysWhenTheDeadlineIsShortenedAfterIt() {
    var route = get("/loans/{book}", ReadingRoom.Loans.Lent.class).otherwise(_ -> Optional.empty());

    assertThat(route.within(ofMillis(500)).defaultReply()).isEqualTo(route.defaultReply());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "loans",
        "/loans/",
        "//loans",
        "/loans/{}",
        "/loans?x=1",
        "/{book}s",
        "/a b"
      })
  void aPathHasNamedSegments(String wrong) {
    refused(
        () -> get(wrong, ReadingRoom.Loans.Lent.class),
        "path of the route to Lent must be segments such as /name or /{component}, but was \"%s\": write it so"
            .formatted(wrong));
  }

  @Test
  void aPathNamesComponentsOfItsRequest() {
    refused(
        () -> get("/loans/{reader}", ReadingRoom.Loans.Lent.class),
        "path /loans/{reader} must name components of Lent [book], but names {reader}: use one of them");
    refused(
        () -> get("/loans/{book}/{book}", ReadingRoom.Loans.Lent.class),
        "path /loans/{book}/{book} must name each component once, but names {book} again: remove one of the two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT2.001S"})
  void aDeadlineIsAtMostTwoSeconds(Duration wrong) {
    String rule =
        "deadline of route /loans must be more than 0 and at most 2 s, but was %s: choose one"
            .formatted(wrong);

    refused(() -> get("/loans", ReadingRoom.Loans.Lent.class).within(wrong), rule);
    refused(() -> post("/loans", ReadingRoom.Loans.Lend.class).within(wrong), rule);
  }

  private static void refused(ThrowingCallable declaration, String message) {
    assertThatExceptionOfType(DeclarationException.class)
        .isThrownBy(declaration)
        .withMessage(message);
  }
}
