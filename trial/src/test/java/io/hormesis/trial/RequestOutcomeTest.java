package io.hormesis.trial;

import static io.hormesis.trial.Samples.read;
import static io.hormesis.trial.Samples.reply;
import static io.hormesis.trial.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestOutcomeTest {
  private static final String DEFAULT = "hormesis-default-reply";
  private static final Optional<ReplyMeaning> SHOWN = Optional.of(new ReplyMeaning.Shown());

  @Test
  void aWorkersOwnRefusalIsARealReply() {
    Optional<ReplyMeaning> declined = Optional.of(new ReplyMeaning.Declined());
    assertThat(RequestOutcome.of(write("desk", "k"), reply(409), declined))
        .isEqualTo(RequestOutcome.REPLIED);
  }

  @Test
  void aDefaultReplyIsAFailureExceptWhereTheRouteDeclaresOne() {
    EdgeReply reply = reply(200, DEFAULT, "Who");
    RequestOutcome declared = RequestOutcome.of(read("guide", "k", true), reply, Optional.empty());
    RequestOutcome undeclared =
        RequestOutcome.of(read("desk", "k", false), reply, Optional.empty());
    assertThat(declared).isEqualTo(RequestOutcome.DEFAULT);
    assertThat(declared.failed()).isFalse();
    assertThat(undeclared).isEqualTo(RequestOutcome.UNDECLARED_DEFAULT);
    assertThat(undeclared.failed()).isTrue();
    assertThat(reply.isReal()).isFalse();
  }

  @Test
  void whatIsRefusedBecauseMoreIsAskedThanCanBeDoneIsNamedSo() {
    String problem = "{\"type\":\"urn:hormesis:problem:%s\",\"status\":503}";
    URI edge = URI.create("http://127.0.0.1:1");
    var shed = new EdgeReply(503, Map.of(), problem.formatted("overloaded"), edge);
    var refused = new EdgeReply(503, Map.of(), problem.formatted("refused"), edge);
    TrialCall call = write("desk", "k");
    assertThat(RequestOutcome.of(call, shed, Optional.empty())).isEqualTo(RequestOutcome.SHED);
    assertThat(RequestOutcome.of(call, refused, Optional.empty()))
        .isEqualTo(RequestOutcome.REFUSED);
    assertThat(RequestOutcome.SHED.failed()).isTrue();
    assertThat(RequestOutcome.SHED.refused()).isTrue();
  }

  @Test
  void refusedUnknownAndErrorsAreFailures() {
    TrialCall call = read("desk", "k", true);
    assertThat(RequestOutcome.of(call, reply(503), Optional.empty()))
        .isEqualTo(RequestOutcome.REFUSED);
    assertThat(RequestOutcome.of(call, reply(429), Optional.empty()))
        .isEqualTo(RequestOutcome.REFUSED);
    assertThat(RequestOutcome.of(call, reply(504), Optional.empty()))
        .isEqualTo(RequestOutcome.UNKNOWN);
    assertThat(RequestOutcome.of(call, reply(500), Optional.empty()))
        .isEqualTo(RequestOutcome.ERROR);
    assertThat(RequestOutcome.of(call, reply(200), Optional.of(new ReplyMeaning.Strange("?"))))
        .isEqualTo(RequestOutcome.ERROR);
    assertThat(RequestOutcome.of(call, reply(200), Optional.of(new ReplyMeaning.Untrue("!"))))
        .isEqualTo(RequestOutcome.ERROR);
    assertThat(RequestOutcome.of(call, reply(200), SHOWN)).isEqualTo(RequestOutcome.REPLIED);
    assertThat(
            new RequestOutcome[] {
              RequestOutcome.REFUSED, RequestOutcome.UNKNOWN, RequestOutcome.ERROR
            })
        .allMatch(RequestOutcome::failed);
  }
}
