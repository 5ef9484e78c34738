package io.hormesis.edge;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Owner;
import io.hormesis.process.Reply;
import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Texts of one character, there and back; and the call that a request comes from. */
class LetterTest {
  private static final URI EDGE = URI.create("http://a1");

  /** What may be asked of a press. */
  public sealed interface Press {
    record Print(char letter, String paper) implements Press, Command<Printed> {}

    record Printed(Character letter) {}
  }

  private final Front front =
      new Front(
          Application.named("press")
              .of(
                  process("press")
                      .ownedBy(Owner.named("printers"))
                      .contract(Press.class)
                      .worker(() -> _ -> Reply.none()))
              .routes(post("/{paper}/print", Press.Print.class)),
          ask ->
              CompletableFuture.completedFuture(
                  new CallResult.Replied<>(
                      "press", new Press.Printed(((Press.Print) ask.message()).letter()), false)),
          new SplittableRandom(1),
          new FixedAdmission(1),
          () -> EdgeList.NONE);

  @Test
  void aLetterGoesInAndComesBack() {
    EdgeReply reply = answer("/a4/print", "{\"letter\":\"ø\"}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body()).isEqualTo("{\"letter\":\"ø\"}");
  }

  @Test
  void aWordOrANumberIsNoLetter() {
    assertThat(answer("/a4/print", "{\"letter\":\"ab\"}").body())
        .contains(
            "field \\\"letter\\\" must be a text of one character, but was the text \\\"ab\\\": send a text of one character");
    assertThat(answer("/a4/print", "{\"letter\":7}").status()).isEqualTo(400);
  }

  @Test
  void aRequestIsWrittenAsTheCallThatItComesFrom() {
    var route = post("/{paper}/print", Press.Print.class);
    assertThat(EdgeRequest.of(route, new Press.Print('"', "a 4/ø")))
        .isEqualTo(
            new EdgeRequest(
                "POST",
                "/a%204%2F%C3%B8/print",
                Map.of("Content-Type", "application/json"),
                "{\"letter\":\"\\\"\"}"));
    assertThatThrownBy(() -> EdgeRequest.of(route, new Press.Print('a', "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("paper must not be empty in a path, but is: choose another");
  }

  private EdgeReply answer(String path, String body) {
    return front.answer(new EdgeRequest("POST", path, Map.of(), body), EDGE).join();
  }
}
