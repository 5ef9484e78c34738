package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WholeRequestTest {
  private static final int BODY_LIMIT = 1000;
  private static final String[] NAMES = {
    "Content-Length",
    "Content-Length",
    "content-length ",
    "Accept",
    "Accept ",
    "Host",
    " Folded",
    "Transfer-Encoding",
    "Connection",
    "X_Y",
    "X\tY",
    "\u00e4",
    ""
  };
  private static final String[] VALUES = {
    "2",
    "2",
    "2 ",
    "0",
    "02",
    "-2",
    "2,2",
    "chunked",
    "keep-alive",
    "close",
    "\tx",
    "x\u0001",
    "\u00e4"
  };
  private static final String GET = "GET /loans HTTP/1.1\r\nHost: x\r\n";
  private static final String POST = "POST /loans HTTP/1.1\r\nhost:x\r\nAccept: */*\r\n";

  @Test
  void aPlainRequestEndsWithItsHeadOrItsBody() {
    assertThat(length(GET + "\r\n")).isEqualTo(GET.length() + 2);
    assertThat(length(GET + "Connection: Keep-Alive\r\n\r\nGET /more"))
        .isEqualTo(GET.length() + 26);
    String post = POST + "Content-Length: 4\r\n\r\n{..}";
    assertThat(length(post)).isEqualTo(post.length());
    assertThat(length(post + GET)).isEqualTo(post.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /loans HTTP/1.1\r\nHost: x\r\n",
        "GET /loans HTTP/1.1\r\n\r\n",
        "GET /loans HTTP/1.0\r\nHost: x\r\n\r\n",
        "HEAD /loans HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /loans HTTP/1.1\nHost: x\n\n",
        "GET /loans HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
        "GET /loans HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /loans HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /loans HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /loans HTTP/1.1\r\nHost: x\r\nconnection: keep-alive, close\r\n\r\n",
        "GET /loans HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
        "POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n{.}",
        "POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n{.}",
        "POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n{}",
        "POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 2\r\n\r\n{}",
        "POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length : 2\r\n\r\n{}",
        "POST /loans HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /loans HTTP/1.1\r\nHost: x\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        "\r\nGET /loans HTTP/1.1\r\nHost: x\r\n\r\n",
        ""
      })
  void whatIsNotPlainOrNotAllThereIsLeftToTheDecoder(String request) {
    assertThat(length(request)).isEqualTo(WholeRequest.NONE);
  }

  @Test
  void itNeverSeesAnotherEndThanTheDecoder() {
    Random random = new Random();
    long seed = random.nextLong();
    random.setSeed(seed);
    int plain = 0;
    for (int i = 0; i < 20_000; i++) {
      String request = drawn(random);
      int length = length(request);
      if (length != WholeRequest.NONE) {
        plain++;
        assertThat(decoded(request.substring(0, length)))
            .as("seed %d, request %d: %s", seed, i, request)
            .isEqualTo(Optional.of(true));
      }
    }
    assertThat(plain).isGreaterThan(500);
  }

  /** Mostly plain, with an oddity here and there. */
  private static String drawn(Random random) {
    var request = new StringBuilder(odd(random, "GET", "POST", "DELETE", "HEAD", "get", "G ET"));
    request.append(' ').append(odd(random, "/a", "/a?b=c", "*", "/a b", "http://x/a", ""));
    request.append(odd(random, " HTTP/1.1", " http/1.1", " HTTP/1.0", " HTTP/1.1 "));
    request.append(end(random)).append("Host: x").append(end(random));
    int headers = random.nextInt(4);
    for (int i = 0; i < headers; i++) {
      request.append(one(random, NAMES)).append(odd(random, ": ", ":", " : ", ""));
      request.append(one(random, VALUES)).append(end(random));
    }
    return request.append(end(random)).append(one(random, "", "{}", "{}GET / ")).toString();
  }

  private static String end(Random random) {
    return odd(random, "\r\n", "\n", "\r", "\r\n\r\n", "");
  }

  /** Nearly always the first one. */
  private static String odd(Random random, String... of) {
    return random.nextInt(15) == 0 ? one(random, of) : of[0];
  }

  private static String one(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  /** Whether the decoder reads exactly one request in it; empty when it reads none. */
  private static Optional<Boolean> decoded(String request) {
    var channel = new EmbeddedChannel(new RequestDecoder(BODY_LIMIT, 10 * BODY_LIMIT));
    try {
      channel.writeInbound(bytes(request));
      List<Object> parts = List.copyOf(channel.inboundMessages());
      long heads = parts.stream().filter(HttpRequest.class::isInstance).count();
      long ends = parts.stream().filter(LastHttpContent.class::isInstance).count();
      parts.forEach(ReferenceCountUtil::release);
      channel.inboundMessages().clear();
      return heads == 0 ? Optional.empty() : Optional.of(heads == 1 && ends == 1);
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static int length(String request) {
    ByteBuf bytes = bytes(request);
    try {
      return new WholeRequest().length(bytes, BODY_LIMIT);
    } finally {
      bytes.release();
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }
}
