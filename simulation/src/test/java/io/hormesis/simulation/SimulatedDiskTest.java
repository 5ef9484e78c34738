package io.hormesis.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.ServerDied;
import io.hormesis.storage.Disk;
import io.hormesis.storage.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {

  private final VirtualTime time = new VirtualTime();
  private Incarnation life = new Incarnation("a1", 0);

  @Test
  void whatWasAppendedSurvivesTheEndOfTheProcess() throws IOException {
    SimulatedDisk disk = disk(1);
    append(disk.mount(life), "log", "forced", "unforced");
    assertThat(read(nextLife(disk), "log")).isEqualTo("forcedunforced");
  }

  @Test
  void aLossOfPowerKeepsWhatWasForcedAndTearsTheRestAtAnyByte() throws IOException {
    Set<Integer> lengths = new TreeSet<>();
    boolean zeros = false;
    for (int seed = 0; seed < 500; seed++) {
      SimulatedDisk disk = disk(seed);
      append(disk.mount(life), "log", "forced", "rest");
      String left = read(afterPowerLoss(disk), "log");
      assertThat(left).startsWith("forced");
      zeros |= left.indexOf('\0') > 0;
      lengths.add(left.length());
    }
    assertThat(lengths).containsExactly(6, 7, 8, 9, 10);
    assertThat(zeros).isTrue();
  }

  @Test
  void anAppendThatFailsLeavesAnyPartOfItselfAndTheNextOneSucceeds() throws IOException {
    Set<Integer> lengths = new TreeSet<>();
    for (int seed = 0; seed < 100; seed++) {
      SimulatedDisk disk = disk(seed);
      DiskFile file = disk.mount(life).open("log");
      int[] met = {0};
      disk.trouble().failNextAppend(() -> met[0]++);
      assertThatThrownBy(() -> file.append("four".getBytes(US_ASCII)))
          .isInstanceOf(IOException.class)
          .hasMessage("log: append failed (simulated)");
      lengths.add((int) file.length());
      file.append("more".getBytes(US_ASCII));
      assertThat(met[0]).isEqualTo(1);
    }
    assertThat(lengths).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aFullDiskTakesNothingUntilThereIsSpaceAgain() throws IOException {
    SimulatedDisk disk = disk(1);
    DiskFile file = disk.mount(life).open("log");
    int[] met = {0};
    Runnable free = disk.trouble().fill(() -> met[0]++);
    disk.trouble().fill(() -> {}).run();
    for (int time = 1; time <= 3; time++) {
      assertThatThrownBy(() -> file.append(new byte[1]))
          .hasMessage("log: no space left on the disk (simulated)");
      assertThat(met[0]).isEqualTo(time);
    }
    free.run();
    file.append(new byte[1]);
    file.force();
  }

  @Test
  void aLostDiskIsEmptyAndOneThatWasEmptyHasLostNothing() throws IOException {
    SimulatedDisk disk = disk(1);
    assertThat(disk.lose()).isFalse();
    append(disk.mount(life), "log", "forced", "rest");
    assertThat(disk.lose()).isTrue();
    assertThat(afterPowerLoss(disk).exists("log")).isFalse();
  }

  @Test
  void oneBitOfWhatIsThereTurnsOver() throws IOException {
    Set<String> found = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      SimulatedDisk disk = disk(seed);
      assertThat(disk.flipBit()).isFalse();
      append(disk.mount(life), "log", "ab", "");
      assertThat(disk.flipBit()).isTrue();
      String flipped = read(afterPowerLoss(disk), "log");
      int difference = (flipped.charAt(0) ^ 'a') << 8 | (flipped.charAt(1) ^ 'b');
      assertThat(Integer.bitCount(difference & 0xffff)).isPositive();
      found.add(flipped);
    }
    assertThat(found).hasSize(16);
  }

  @Test
  void aFileThatWasNeverForcedMayBeGone() throws IOException {
    Set<Boolean> there = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      SimulatedDisk disk = disk(seed);
      disk.mount(life).open("log").append("x".getBytes(US_ASCII));
      there.add(afterPowerLoss(disk).exists("log"));
    }
    assertThat(there).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void aDeletedFileMayBeBackButAReplacedOneIsTheNewOne() throws IOException {
    Set<Boolean> back = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      SimulatedDisk disk = disk(seed);
      Disk mounted = disk.mount(life);
      append(mounted, "old", "old", "");
      append(mounted, "new", "new", "");
      append(mounted, "third", "third", "");
      mounted.replace("new", "old");
      mounted.delete("third");
      Disk after = afterPowerLoss(disk);
      assertThat(read(after, "old")).isEqualTo("new");
      assertThat(after.exists("new")).isFalse();
      back.add(after.exists("third"));
    }
    assertThat(back).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void aCutThatWasNotForcedMayBeUndone() throws IOException {
    Set<String> left = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      SimulatedDisk disk = disk(seed);
      DiskFile file = append(disk.mount(life), "log", "0123456789", "");
      file.truncate(4);
      file.append("ab".getBytes(US_ASCII));
      assertThat(read(disk.mount(life), "log")).isEqualTo("0123ab");
      left.add(read(afterPowerLoss(disk), "log"));
    }
    assertThat(left).containsExactlyInAnyOrder("0123ab", "0123456789");
  }

  @Test
  void aForceThatFailedIsMadeGoodOnlyByWritingAgain() throws IOException {
    for (boolean again : new boolean[] {false, true}) {
      SimulatedDisk disk = disk(1);
      DiskFile file = append(disk.mount(life), "log", "forced", "lost");
      int[] met = {0};
      disk.trouble().failNextForce(() -> met[0]++);
      assertThatThrownBy(file::force).hasMessage("log: force failed (simulated)");
      if (again) {
        file.writeAgain();
      }
      file.force();
      assertThat(met[0]).isEqualTo(1);
      assertThat(read(afterPowerLoss(disk), "log")).isEqualTo(again ? "forcedlost" : "forced");
    }
  }

  @Test
  void aServerCanDieInsideAnyCallAndNoCallWorksAfterwards() throws IOException {
    Set<String> left = new TreeSet<>();
    for (int seed = 0; seed < 100; seed++) {
      SimulatedDisk disk = disk(seed);
      Incarnation dying = new Incarnation("a1", seed);
      DiskFile file = disk.mount(dying).open("log");
      disk.trouble().killAtCall(2, () -> dying.end(time.nanos()));
      file.append("a".getBytes(US_ASCII));
      assertThatThrownBy(() -> file.append("bc".getBytes(US_ASCII))).isInstanceOf(ServerDied.class);
      assertThatThrownBy(file::force).isInstanceOf(ServerDied.class);
      left.add(read(nextLife(disk), "log"));
    }
    assertThat(left).containsExactly("a", "ab", "abc");
  }

  @Test
  void aForceTakesTimeAndMoreOfItWhileTheDiskIsSlow() throws IOException {
    SimulatedDisk disk = disk(1);
    DiskFile file = append(disk.mount(life), "log", "a", "b");
    long before = time.nanos();
    file.force();
    assertThat(time.nanos() - before).isBetween(100_000L, 2_000_000L);
    int[] met = {0};
    var _ = disk.trouble().slow(100, () -> met[0]++);
    before = time.nanos();
    file.force();
    assertThat(time.nanos() - before).isBetween(10_000_000L, 200_000_000L);
    assertThat(met[0]).isEqualTo(1);
    assertThat(disk.forces()).isEqualTo(3);
  }

  @Test
  void foldersListTheirOwnFilesOnlyAndReadingBeyondTheEndIsRefused() throws IOException {
    SimulatedDisk disk = disk(1);
    Disk mounted = disk.mount(life);
    append(mounted, "desk/0/log", "ab", "");
    append(mounted, "desk/log", "c", "");
    assertThat(mounted.list("desk/0")).containsExactly("log");
    assertThat(mounted.list("desk")).containsExactly("log");
    assertThat(mounted.list("none")).isEmpty();
    assertThatThrownBy(() -> mounted.open("desk/log").read(0, 2))
        .isInstanceOf(EOFException.class)
        .hasMessage("desk/log: 2 bytes from 0, but it has 1");
  }

  private SimulatedDisk disk(long seed) {
    return new SimulatedDisk("a1", time, Dice.of(seed, "disk"), EventLog.of(time));
  }

  private Disk nextLife(SimulatedDisk disk) {
    life.end(time.nanos());
    life = new Incarnation("a1", life.number() + 1);
    return disk.mount(life);
  }

  private Disk afterPowerLoss(SimulatedDisk disk) {
    life.end(time.nanos());
    disk.powerLost();
    return nextLife(disk);
  }

  private static DiskFile append(Disk disk, String path, String forced, String rest)
      throws IOException {
    DiskFile file = disk.open(path);
    file.append(forced.getBytes(US_ASCII));
    file.force();
    file.append(rest.getBytes(US_ASCII));
    return file;
  }

  private static String read(Disk disk, String path) throws IOException {
    DiskFile file = disk.open(path);
    return new String(file.read(0, (int) file.length()), US_ASCII);
  }
}
