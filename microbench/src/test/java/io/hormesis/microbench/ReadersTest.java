package io.hormesis.microbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.CallPath;
import io.hormesis.server.RefusalPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The paths do what the table says that they do. */
final class ReadersTest {
  private final List<String> signals = new ArrayList<>();

  @Test
  void whoFollowsReadsWhatHappens() {
    taken(Readers.SOMEBODY, CallPath.class);
    assertThat(signals)
        .containsExactly("CallBegan", "AttemptSent", "StaysHere", "StaysHere", "CallEnded");
    taken(Readers.SOMEBODY, RefusalPath.class);
    assertThat(signals).containsExactly("MessageRefused");
  }

  @Test
  void whoDoesNotFollowReadsNothingThoughOthersDidBefore() {
    for (Class<? extends Supplier<?>> path : List.of(CallPath.class, RefusalPath.class)) {
      Supplier<?> made = Readers.NOBODY.path(path, this::read);
      assertThat(signals).isNotEmpty();
      signals.clear();
      assertThat(made.get()).isNotNull();
      assertThat(signals).isEmpty();
    }
  }

  /** The baseline: those who would read meet no signal either. */
  @Test
  void withoutLooksNobodyReadsAnything() {
    for (Class<? extends Supplier<?>> path : List.of(CallPath.class, RefusalPath.class)) {
      Supplier<?> made = Readers.WITHOUT_LOOK.path(path, this::read);
      assertThat(made.getClass()).isNotEqualTo(path);
      assertThat(made.get()).isNotNull();
      assertThat(signals).isEmpty();
    }
  }

  @Test
  void aCallEndsWithItsReplyHoweverItIsRead() {
    for (Readers readers : Readers.values()) {
      assertThat(readers.path(CallPath.class, this::read).get())
          .hasToString("Replied[target=echo, value=Said[text=hello], durable=false]");
    }
  }

  private void taken(Readers readers, Class<? extends Supplier<?>> path) {
    Supplier<?> made = readers.path(path, this::read);
    signals.clear();
    assertThat(made.get()).isNotNull();
  }

  /** Loaded apart, a signal is of another type with the same name. */
  private void read(Object it) {
    if (it.getClass().getName().startsWith("io.hormesis.server.Signal$")) {
      signals.add(it.getClass().getSimpleName());
    }
  }
}
