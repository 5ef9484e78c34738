package io.hormesis.edge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Replies as they go over the wire. */
final class HttpReplies {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Date date = new Date(0, "");

  /** A second, as it is written in a reply. */
  private record Date(long second, String text) {}

  private HttpReplies() {}

  /** Written once a second: it would take a tenth of what a reply takes. */
  private static String date() {
    Instant now = Instant.now();
    Date known = date;
    if (known.second() != now.getEpochSecond()) {
      known = new Date(now.getEpochSecond(), IMF_FIXDATE.format(now));
      date = known;
    }
    return known.text();
  }

  /** The word that a caller waits for before it sends its body. */
  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  /**
   * A reply.
   *
   * @param toHead whether it answers HEAD, so that it has no body
   * @param last whether the connection ends with it
   */
  static FullHttpResponse of(HttpReply reply, boolean toHead, boolean last) {
    byte[] body = toHead ? new byte[0] : reply.body().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(body));
    HttpHeaders headers = response.headers();
    headers.set("Date", date());
    headers.set("Content-Type", reply.contentType());
    reply.headers().forEach(headers::set);
    if (!toHead) {
      headers.setInt("Content-Length", body.length);
    }
    if (last) {
      headers.set("Connection", "close");
    }
    return response;
  }
}
