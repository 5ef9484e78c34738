package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireReplyTest {
  private static final String REPLY =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nHormesis-Default-Reply: Inbox\r\nConnection: close\r\n\r\nhállo";

  @Test
  void aReplyIsReadOnceItIsWhole() throws Exception {
    String reply = REPLY.replace("5", "6");
    byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(WireReply.parse(bytes, length)).isEmpty();
    }
    Optional<WireReply> whole = WireReply.parse(bytes, bytes.length);
    assertThat(whole).isPresent();
    assertThat(whole.get().status()).isEqualTo(200);
    assertThat(whole.get().body()).isEqualTo("hállo");
    assertThat(whole.get().closes()).isTrue();
    assertThat(whole.get().isDefault()).isTrue();
  }

  @Test
  void whatIsNoReplyOrTellsNoLengthIsRefused() {
    malformed("SMTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "must begin with HTTP/1.1");
    malformed("HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n", "must begin with HTTP/1.1");
    malformed("HTTP/1.1 200 OK\r\n\r\n", "must tell its length, up to 16777216, but told \"\"");
    malformed("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "but told \"99999999\"");
  }

  private static void malformed(String text, String rule) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> WireReply.parse(bytes, bytes.length)).hasMessageContaining(rule);
  }
}
