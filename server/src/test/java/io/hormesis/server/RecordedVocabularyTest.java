package io.hormesis.server;

import static io.hormesis.process.Declaration.process;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.process.Application;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import io.hormesis.storage.LocalDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number that stands in a log must never come to mean another message. */
class RecordedVocabularyTest {
  private final PlainCodec codec = new PlainCodec();

  @Test
  void theSameMessagesAreTakenAgainAndAgain(@TempDir Path folder) throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      RecordedVocabulary.keep(disk, codec, registry(First.class));
      assertThatCode(() -> RecordedVocabulary.keep(disk, codec, registry(First.class)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aChangedOrderIsRefused(@TempDir Path folder) throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      RecordedVocabulary.keep(disk, codec, registry(First.class));
      assertThatThrownBy(() -> RecordedVocabulary.keep(disk, codec, registry(Other.class)))
          .isInstanceOf(MalformedMessage.class)
          .hasMessage(
              "message number fruit#1 must stay First.Apple, as the store has recorded, but is"
                  + " Other.Pear by its contract now: keep the order of the contract's records and"
                  + " add new ones at its end");
    }
  }

  @Test
  void aDamagedRecordIsRefused(@TempDir Path folder) throws IOException {
    try (LocalDisk disk = LocalDisk.open(folder)) {
      RecordedVocabulary.keep(disk, codec, registry(First.class));
      Path file = folder.resolve("messages.cbor");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(() -> RecordedVocabulary.keep(disk, codec, registry(First.class)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("messages.cbor: damaged: its checksum does not fit");
    }
  }

  private static <M> MessageRegistry registry(Class<M> contract) {
    return new MessageRegistry(
        Application.named("fruit-shop")
            .of(
                process("fruit")
                    .ownedBy(Owner.named("shop"))
                    .contract(contract)
                    .worker(() -> (Worker<M>) _ -> Reply.none())));
  }

  /** A contract as it was. */
  public sealed interface First {
    /** Its first message. */
    record Apple() implements First, Notice {}
  }

  /** A contract in another order. */
  public sealed interface Other {
    /** Now first. */
    record Pear() implements Other, Notice {}

    /** Now second. */
    record Apple() implements Other, Notice {}
  }
}
