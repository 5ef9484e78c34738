package io.hormesis.trial;

import static io.hormesis.trial.Samples.read;
import static io.hormesis.trial.Samples.reply;
import static io.hormesis.trial.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FateTest {
  private static final String DEFAULT = "hormesis-default-reply";
  private static final Optional<Meaning> SHOWN = Optional.of(new Meaning.Shown());

  @Test
  void aWorkersOwnRefusalIsARealReply() {
    Optional<Meaning> declined = Optional.of(new Meaning.Declined());
    assertThat(Fate.of(write("desk", "k"), reply(409), declined)).isEqualTo(Fate.REPLIED);
  }

  @Test
  void aDefaultReplyIsAFailureExceptWhereTheRouteDeclaresOne() {
    EdgeReply reply = reply(200, DEFAULT, "Who");
    Fate declared = Fate.of(read("guide", "k", true), reply, Optional.empty());
    Fate undeclared = Fate.of(read("desk", "k", false), reply, Optional.empty());
    assertThat(declared).isEqualTo(Fate.DEFAULT);
    assertThat(declared.failed()).isFalse();
    assertThat(undeclared).isEqualTo(Fate.UNDECLARED_DEFAULT);
    assertThat(undeclared.failed()).isTrue();
    assertThat(reply.isReal()).isFalse();
  }

  @Test
  void refusedUnknownAndErrorsAreFailures() {
    Call call = read("desk", "k", true);
    assertThat(Fate.of(call, reply(503), Optional.empty())).isEqualTo(Fate.REFUSED);
    assertThat(Fate.of(call, reply(429), Optional.empty())).isEqualTo(Fate.REFUSED);
    assertThat(Fate.of(call, reply(504), Optional.empty())).isEqualTo(Fate.UNKNOWN);
    assertThat(Fate.of(call, reply(500), Optional.empty())).isEqualTo(Fate.ERROR);
    assertThat(Fate.of(call, reply(200), Optional.of(new Meaning.Strange("?"))))
        .isEqualTo(Fate.ERROR);
    assertThat(Fate.of(call, reply(200), Optional.of(new Meaning.Untrue("!"))))
        .isEqualTo(Fate.ERROR);
    assertThat(Fate.of(call, reply(200), SHOWN)).isEqualTo(Fate.REPLIED);
    assertThat(new Fate[] {Fate.REFUSED, Fate.UNKNOWN, Fate.ERROR}).allMatch(Fate::failed);
  }
}
