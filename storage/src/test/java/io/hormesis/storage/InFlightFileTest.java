package io.hormesis.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InFlightFileTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir Path folder;

  @Test
  void whatHasNotEndedIsReadTheOldestFirst() throws IOException {
    InFlightFile file = InFlightFile.open(folder);
    Runnable first = file.begin(request("first", 3));
    file.begin(request("second", 2));
    file.begin(request("third", 1));
    first.run();
    assertThat(InFlightFile.read(folder))
        .containsExactly(request("third", 1), request("second", 2));
  }

  @Test
  void aProcessThatHaltsLeavesWhatItWasRunning() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Halting.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Halting.STATUS);
      assertThat(InFlightFile.read(folder)).containsExactly(request("left", 7));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aServerThatStartsWipesWhatItsForerunnerLeft() throws IOException {
    InFlightFile.open(folder).begin(request("left", 1));
    InFlightFile.open(folder);
    assertThat(InFlightFile.read(folder)).isEmpty();
  }

  @Test
  void withoutAFileNothingWasRunning() throws IOException {
    assertThat(InFlightFile.read(folder)).isEmpty();
    InFlightFile.open(folder).begin(request("left", 1));
    InFlightFile.remove(folder);
    InFlightFile.remove(folder);
    assertThat(InFlightFile.read(folder)).isEmpty();
  }

  @Test
  void whatFindsNoSlotIsLeftOutAndASlotThatIsFreeIsTakenAgain() throws IOException {
    InFlightFile file = InFlightFile.open(folder);
    List<Runnable> ends = new ArrayList<>();
    for (int i = 0; i < InFlightFile.SLOTS + 10; i++) {
      ends.add(file.begin(request("r" + i, i)));
    }
    assertThat(InFlightFile.read(folder)).hasSize(InFlightFile.SLOTS);
    ends.forEach(Runnable::run);
    assertThat(InFlightFile.read(folder)).isEmpty();
    for (int round = 0; round < 10 * InFlightFile.SLOTS; round++) {
      file.begin(request("again", round)).run();
    }
    file.begin(request("last", 1));
    assertThat(InFlightFile.read(folder)).containsExactly(request("last", 1));
  }

  @Test
  void aLongRequestIdIsCutAndNothingElse() throws IOException {
    InFlightFile.open(folder).begin(request("é".repeat(2_000), 1));
    InFlightRequest read = InFlightFile.read(folder).getFirst();
    assertThat(read.message()).isEqualTo("Loans.Lend");
    assertThat(read.trace()).isEqualTo(TRACE);
    assertThat("é".repeat(2_000)).startsWith(read.requestId().replace("\uFFFD", ""));
    assertThat(read.requestId()).hasSizeGreaterThan(100);
  }

  @Test
  void aFileThatIsDamagedHoldsNothingOrWhatItSays() throws IOException {
    InFlightFile.open(folder).begin(request("left", 1));
    byte[] bytes = Files.readAllBytes(folder.resolve(InFlightFile.NAME));
    for (int length : new int[] {0, 1, InFlightFile.SLOT_BYTES - 1}) {
      Files.write(folder.resolve(InFlightFile.NAME), java.util.Arrays.copyOf(bytes, length));
      assertThat(InFlightFile.read(folder)).isEmpty();
    }
    bytes[3] = 127;
    Files.write(folder.resolve(InFlightFile.NAME), bytes);
    assertThat(InFlightFile.read(folder)).isEmpty();
  }

  @Test
  void manyThreadsNeverShareASlot() throws Exception {
    InFlightFile file = InFlightFile.open(folder);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "thread-" + i;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int round = 0; round < 2_000; round++) {
                  file.begin(request(id, round)).run();
                }
                file.begin(request(id, -1));
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(InFlightFile.read(folder))
        .extracting(InFlightRequest::requestId)
        .containsExactlyInAnyOrder(
            "thread-0",
            "thread-1",
            "thread-2",
            "thread-3",
            "thread-4",
            "thread-5",
            "thread-6",
            "thread-7");
  }

  @Test
  void aRequestIsShownByProcessMessageAndTrace() {
    assertThat(request("key", 1).shown()).isEqualTo("loans Loans.Lend (trace " + TRACE + ")");
  }

  static InFlightRequest request(String id, long startedMillis) {
    return new InFlightRequest("loans", "Loans.Lend", TRACE, id, startedMillis);
  }

  /** A program that ends in the middle of a request. */
  static final class Halting {
    static final int STATUS = 7;

    private Halting() {}

    public static void main(String... arguments) throws IOException {
      InFlightFile file = InFlightFile.open(Path.of(arguments[0]));
      file.begin(request("ended", 6)).run();
      file.begin(request("left", 7));
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
