package io.hormesis.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.cbor.CborWriter;
import io.microraft.model.log.LogEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalTest {

  private static final String PATH = "g/journal";

  private final MemoryDisk disk = new MemoryDisk();

  private Journal open() throws IOException {
    return Journal.open(disk, "g", true);
  }

  private static List<JournalRecord.Entry> records(long from, long to, int term) {
    return Bench.entries(from, to, term).stream().map(JournalRecord.Entry::new).toList();
  }

  private Journal begun() throws IOException {
    Journal journal = open();
    journal.append(
        List.of(
            new JournalRecord.Head(World.GROUP, "birth"),
            new JournalRecord.Identity(Bench.B, true),
            new JournalRecord.FirstMembers(Bench.members()),
            new JournalRecord.Term(3, Optional.of(Bench.A))));
    journal.append(records(1, 20, 3));
    journal.force();
    return journal;
  }

  private static List<Long> indexes(List<LogEntry> entries) {
    return entries.stream().map(LogEntry::getIndex).toList();
  }

  @Test
  void everythingIsThereAfterALossOfPower() throws IOException {
    begun();
    disk.loseUnforced();
    Journal again = open();
    assertThat(again.head()).contains(new JournalRecord.Head(World.GROUP, "birth"));
    assertThat(again.identity()).contains(new JournalRecord.Identity(Bench.B, true));
    assertThat(again.firstMembers()).isPresent();
    assertThat(again.term()).isEqualTo(new JournalRecord.Term(3, Optional.of(Bench.A)));
    assertThat(again.entriesFrom(1)).hasSize(20);
    assertThat(again.entriesFrom(18)).extracting(LogEntry::getIndex).containsExactly(18L, 19L, 20L);
  }

  @Test
  void whatIsReadBackAfterAKillIsStillThereAfterALossOfPower() throws IOException {
    begun().append(records(21, 21, 3)); // the process is killed before it forces them
    assertThat(open().entriesFrom(1)).hasSize(21);
    disk.loseUnforced();
    assertThat(open().entriesFrom(1)).hasSize(21);
  }

  @Test
  void whatAFailedForceLeftToReadIsStillThereAfterALossOfPower() throws IOException {
    Journal journal = begun();
    journal.append(records(21, 21, 3));
    disk.failForces(1);
    assertThatThrownBy(journal::force).hasMessage("the disk does not answer");
    assertThat(open().entriesFrom(1)).hasSize(21);
    disk.loseUnforced();
    assertThat(open().entriesFrom(1)).hasSize(21);
  }

  @Test
  void tornTailIsCutAtEveryByteOfTheLastRecord() throws IOException {
    Journal journal = begun();
    long whole = journal.bytes();
    journal.append(records(21, 21, 3));
    journal.force();
    byte[] all = disk.content(PATH);
    for (int length = (int) whole; length < all.length; length++) {
      disk.put(PATH, Arrays.copyOf(all, length));
      Journal again = open();
      assertThat(again.entriesFrom(1)).as("%d bytes", length).hasSize(20);
      assertThat(disk.content(PATH)).hasSize((int) whole);
      again.append(records(21, 22, 4));
      again.force();
      assertThat(open().entriesFrom(1)).hasSize(22);
    }
  }

  @Test
  void tornTailOfSeveralRecordsOrOfZerosIsCut() throws IOException {
    Journal journal = begun();
    int whole = (int) journal.bytes();
    journal.append(records(21, 23, 3));
    byte[] all = disk.content(PATH);
    for (int kept = whole; kept < all.length; kept++) {
      disk.put(PATH, Arrays.copyOf(Arrays.copyOf(all, kept), all.length));
      assertThat(open().entriesFrom(1)).as("zeros from byte %d", kept).hasSizeBetween(20, 22);
    }
  }

  @Test
  void flippedBitKeepsTheMemberOutAlsoInTheLastRecordAndBeforeATornTail() throws IOException {
    Journal journal = begun();
    int forced = (int) journal.bytes();
    BitSet glyphs = glyphs();
    journal.append(records(21, 21, 3));
    byte[] all = disk.content(PATH);
    for (int length : List.of(forced, forced + 30)) {
      for (int at = glyphs.nextClearBit(0); at < forced; at = glyphs.nextClearBit(at + 1)) {
        byte[] flipped = flipped(Arrays.copyOf(all, length), at);
        disk.put(PATH, flipped);
        assertThatThrownBy(this::open)
            .as("byte %d", at)
            .isInstanceOf(CorruptStore.class)
            .hasMessageMatching(
                "g/journal: the record at byte \\d+ is damaged, but a whole one ended at byte"
                    + " \\d+: what was forced is lost");
        assertThat(disk.content(PATH)).isEqualTo(flipped);
      }
    }
  }

  @Test
  void flippedBitOfAnEndMarkCostsNothing() throws IOException {
    begun();
    byte[] all = disk.content(PATH);
    for (int at : glyphs().stream().toArray()) {
      disk.put(PATH, flipped(all.clone(), at));
      assertThat(open().entriesFrom(1)).as("byte %d", at).hasSize(20);
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    bytes[at] ^= 0x10;
    return bytes;
  }

  /** The bytes of all end marks. */
  private BitSet glyphs() throws IOException {
    BitSet glyphs = new BitSet();
    LogFile.open(
            disk,
            PATH,
            (offset, payload) -> {
              int end = (int) offset + LogFile.sizeOf(payload);
              glyphs.set(end - Long.BYTES, end);
            })
        .close();
    return glyphs;
  }

  @Test
  void truncatedEntriesDoNotComeBack() throws IOException {
    Journal journal = begun();
    journal.append(new JournalRecord.Truncated(18));
    journal.append(records(18, 19, 4));
    journal.force();
    Journal again = open();
    assertThat(indexes(again.entriesFrom(16))).containsExactly(16L, 17L, 18L, 19L);
    assertThat(again.entriesFrom(18)).allMatch(entry -> entry.getTerm() == 4);
  }

  @Test
  void gapBetweenEntriesIsALoss() throws IOException {
    Journal journal = begun();
    journal.append(records(25, 25, 3));
    assertThatThrownBy(() -> journal.entriesFrom(1))
        .isInstanceOf(CorruptStore.class)
        .hasMessage("g/journal: entry 21 is missing before entry 25");
  }

  @Test
  void cutJournalIsWrittenAnewAndMeansTheSame() throws IOException {
    Journal journal = begun();
    long before = journal.bytes();
    journal.append(new JournalRecord.Snapshot(10, 3, 2, Bench.members()));
    journal.append(new JournalRecord.Snapshot(19, 3, 2, Bench.members()));
    journal.append(new JournalRecord.Term(5, Optional.empty()));
    journal.force();
    journal.cutUntil(18);
    assertThat(journal.bytes()).isLessThan(before);
    disk.loseUnforced();
    for (Journal either : List.of(journal, open())) {
      assertThat(indexes(either.entriesFrom(19))).containsExactly(19L, 20L);
      assertThat(either.term()).isEqualTo(new JournalRecord.Term(5, Optional.empty()));
      assertThat(either.head()).isPresent();
      assertThat(either.snapshots())
          .extracting(JournalRecord.Snapshot::index)
          .containsExactly(10L, 19L);
    }
    journal.append(records(21, 21, 5));
    journal.force();
    assertThat(open().entriesFrom(19)).hasSize(3);
  }

  @Test
  void powerLossAtAnyForceWhileItIsWrittenAnewLosesNothing() throws IOException {
    for (int lost = 1; lost <= 3; lost++) {
      disk.wipe();
      Journal journal = begun();
      journal.append(new JournalRecord.Snapshot(18, 3, 1, Bench.members()));
      journal.force();
      int[] left = {lost};
      disk.beforeForce(() -> {
        if (--left[0] == 0) {
          throw new IllegalStateException("power");
        }
      });
      try {
        journal.cutUntil(18);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("power");
      }
      disk.beforeForce(() -> {});
      disk.loseUnforced();
      Journal again = open();
      assertThat(indexes(again.entriesFrom(19))).containsExactly(19L, 20L);
      assertThat(again.snapshots()).hasSize(1);
      assertThat(disk.exists("g/journal.new")).isFalse();
    }
  }

  @Test
  void recordOfANewerVersionIsNotGuessedAt() throws IOException {
    byte[] newer =
        CborWriter.write(
            out -> out.array(5).number(1).number(2).text("tax-desk").number(0).text("b").end());
    LogFile.open(disk, PATH, (_, _) -> {}).append(List.of(newer));
    assertThatThrownBy(this::open)
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("journal of version 2, known is 1");
  }
}
