package io.hormesis.trial;

import static io.hormesis.trial.Samples.read;
import static io.hormesis.trial.Samples.reply;
import static io.hormesis.trial.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final String DEFAULT = "hormesis-default-reply";
  private static final Optional<Meaning> SHOWN = Optional.of(new Meaning.Shown());

  @Test
  void aWorkersOwnRefusalIsARealReply() {
    Optional<Meaning> declined = Optional.of(new Meaning.Declined());
    assertThat(Ending.of(write("desk", "k"), reply(409), declined)).isEqualTo(Ending.REPLIED);
  }

  @Test
  void aDefaultReplyIsAFailureExceptWhereTheRouteDeclaresOne() {
    DoorReply reply = reply(200, DEFAULT, "Who");
    Ending declared = Ending.of(read("guide", "k", true), reply, Optional.empty());
    Ending undeclared = Ending.of(read("desk", "k", false), reply, Optional.empty());
    assertThat(declared).isEqualTo(Ending.DEFAULT);
    assertThat(declared.failed()).isFalse();
    assertThat(undeclared).isEqualTo(Ending.UNDECLARED_DEFAULT);
    assertThat(undeclared.failed()).isTrue();
    assertThat(Ending.isReal(reply)).isFalse();
  }

  @Test
  void refusedUnknownAndErrorsAreFailures() {
    Call call = read("desk", "k", true);
    assertThat(Ending.of(call, reply(503), Optional.empty())).isEqualTo(Ending.REFUSED);
    assertThat(Ending.of(call, reply(429), Optional.empty())).isEqualTo(Ending.REFUSED);
    assertThat(Ending.of(call, reply(504), Optional.empty())).isEqualTo(Ending.UNKNOWN);
    assertThat(Ending.of(call, reply(500), Optional.empty())).isEqualTo(Ending.ERROR);
    assertThat(Ending.of(call, reply(200), Optional.of(new Meaning.Strange("?"))))
        .isEqualTo(Ending.ERROR);
    assertThat(Ending.of(call, reply(200), Optional.of(new Meaning.Untrue("!"))))
        .isEqualTo(Ending.ERROR);
    assertThat(Ending.of(call, reply(200), SHOWN)).isEqualTo(Ending.REPLIED);
    assertThat(new Ending[] {Ending.REFUSED, Ending.UNKNOWN, Ending.ERROR})
        .allMatch(Ending::failed);
  }
}
