package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.PlainCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private static final Announcement FIRST = announcement("starting");
  private static final Announcement SECOND = announcement("ready");

  private final Announcements announcements =
      new Announcements(new PlainCodec(), List.of("a1", "b1"));

  private static Announcement announcement(String state) {
    return new Announcement(
        "a1", 17, state, "", "1", List.of(new Announcement.Lead("desk", 2, 5, 3)));
  }

  @Test
  void whatIsSaidAgainIsTheSameAgain() {
    byte[] body = announcements.encode(FIRST);
    assertThat(announcements.encode(announcement("starting"))).isSameAs(body);
    Announcement heard = announcements.decode("a1", body);
    assertThat(heard).isEqualTo(FIRST);
    assertThat(announcements.decode("a1", body.clone())).isSameAs(heard);
  }

  @Test
  void whatChangesIsSaidAndHeardAtOnce() {
    byte[] first = announcements.encode(FIRST);
    byte[] second = announcements.encode(SECOND);
    assertThat(announcements.decode("a1", first)).isEqualTo(FIRST);
    assertThat(announcements.decode("a1", second)).isEqualTo(SECOND);
    assertThat(announcements.decode("a1", first)).isEqualTo(FIRST);
    assertThat(announcements.encode(FIRST)).isEqualTo(first);
  }

  @Test
  void aStrangersAnnouncementsAreNotKept() {
    byte[] body = announcements.encode(FIRST);
    Announcement heard = announcements.decode("stranger", body);
    assertThat(announcements.decode("stranger", body)).isEqualTo(heard).isNotSameAs(heard);
  }

  @Test
  void whatIsNoAnnouncementIsRefused() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> announcements.decode("a1", new byte[] {1, 2, 3}));
  }
}
