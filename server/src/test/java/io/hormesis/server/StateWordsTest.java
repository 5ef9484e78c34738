package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The words for states and kinds, which programs outside read. */
class StateWordsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void theWordsStayAsTheyAre() {
    assertThat(Stream.of(ServerState.values()).map(ServerState::word))
        .containsExactly("starting", "ready", "degraded", "draining", "suspect", "dead");
    assertThat(Stream.of(ServiceState.values()).map(ServiceState::word))
        .containsExactly("ready", "degraded", "down");
    assertThat(Stream.of(ProcessKind.values()).map(ProcessKind::word))
        .containsExactly("stateless", "stateful");
  }

  @Test
  void jsonHasTheWordAndGivesTheSameBack() {
    for (List<? extends Enum<?>> all :
        List.of(
            List.of(ServerState.values()),
            List.of(ServiceState.values()),
            List.of(ProcessKind.values()))) {
      for (Enum<?> one : all) {
        String text = JSON.writeValueAsString(one);
        assertThat(text).matches("\"[a-z]+\"");
        Object back = JSON.readValue(text, one.getDeclaringClass());
        assertThat(back).isSameAs(one);
      }
    }
  }

  @Test
  void aWordOfANewerVersionIsNothingGoodAndNoError() {
    assertThat(JSON.readValue("\"resting\"", ServerState.class)).isEqualTo(ServerState.DEGRADED);
    assertThat(JSON.readValue("\"resting\"", ServiceState.class)).isEqualTo(ServiceState.DEGRADED);
    assertThat(JSON.readValue("\"shared\"", ProcessKind.class)).isEqualTo(ProcessKind.STATEFUL);
  }
}
