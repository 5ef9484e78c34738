package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeListTest {
  private static final EdgeList LIST =
      new EdgeList(7, List.of(URI.create("http://127.0.0.1:7400"), URI.create("http://[::1]:1")));

  @Test
  void aCallerWhoKnowsAnotherVersionIsTold() {
    String text = "7 http://127.0.0.1:7400,http://[::1]:1";
    assertThat(LIST.news(Optional.of("0"))).contains(text);
    assertThat(LIST.news(Optional.of("nonsense"))).contains(text);
    assertThat(EdgeList.parse(text)).contains(LIST);
  }

  @Test
  void nobodyElseIs() {
    assertThat(LIST.news(Optional.of("7"))).isEmpty();
    assertThat(LIST.news(Optional.empty())).isEmpty();
    assertThat(EdgeList.NONE.news(Optional.of("7"))).isEmpty();
  }

  @Test
  void noMoreThan32AreTold() {
    EdgeList many = new EdgeList(1, Collections.nCopies(100, URI.create("http://a:1")));
    assertThat(EdgeList.parse(many.news(Optional.of("0")).orElseThrow()).orElseThrow().edges())
        .hasSize(EdgeList.MOST);
  }

  @Test
  void whatIsNoListIsIgnored() {
    for (String text :
        List.of(
            "",
            "7",
            "7 ",
            "0 http://a:1",
            "-1 http://a:1",
            "7 http://a:1, http://b:1",
            "7 file:///etc/passwd",
            "7 http://a:1/path",
            "7 http://a:1?x",
            "7 http://",
            "7 not a uri",
            "7 " + "http://a:1,".repeat(1000) + "http://a:1")) {
      assertThat(EdgeList.parse(text)).as(text).isEmpty();
    }
  }
}
