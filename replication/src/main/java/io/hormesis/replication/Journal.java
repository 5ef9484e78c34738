package io.hormesis.replication;

import io.hormesis.engine.cbor.Malformed;
import io.hormesis.storage.Disk;
import io.hormesis.storage.DiskFile;
import io.microraft.model.log.LogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The forced log of one member: identity, first members, term and vote, entries, snapshots.
 *
 * <p>Every change is a record at the end of one file; what the records mean together is kept in
 * memory, but of an entry only where it lies. When enough of the file is void it is written anew:
 * to another file, forced, then put in the place of the old one in one step. Not thread-safe.
 */
final class Journal implements AutoCloseable {

  private static final String NAME = "/journal";
  private static final String UNFINISHED = "/journal.new";

  /** The file is written anew when so many of its records are void, and half of them. */
  private static final int VOID_RECORDS = 16;

  private static final int COPIED_TOGETHER = 64;
  private static final Comparator<Position> BY_INDEX = Comparator.comparingLong(Position::index);

  /** The index of an entry, where it lies, and its term. */
  private record Position(long index, long offset, int term) {}

  private final Disk disk;
  private final String folder;
  private final boolean conflictingTailDropped;
  private LogFile file;

  private Optional<JournalRecord.Head> head = Optional.empty();
  private Optional<JournalRecord.Identity> identity = Optional.empty();
  private Optional<JournalRecord.FirstMembers> firstMembers = Optional.empty();
  private JournalRecord.Term term = new JournalRecord.Term(0, Optional.empty());
  private final List<Position> entries = new ArrayList<>(); // by their indices
  private final NavigableMap<Long, JournalRecord.Snapshot> snapshots = new TreeMap<>();
  private long recordsInFile;

  private Journal(Disk disk, String folder, boolean conflictingTailDropped) throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.conflictingTailDropped = conflictingTailDropped;
    this.file = openFile();
  }

  /**
   * Opens the journal of a folder, and forces what is there; {@link CorruptStore} when forced
   * records are lost.
   */
  static Journal open(Disk disk, String folder, boolean dropConflictingTail) throws IOException {
    disk.delete(folder + UNFINISHED);
    if (exists(disk, folder)) {
      forceFound(disk, folder + NAME);
    }
    return new Journal(disk, folder, dropConflictingTail);
  }

  /**
   * What a life left that was killed, or could not force, can be read though no disk has it. It is
   * forced before anybody reads it and goes by it; read first, it might be gone from memory by
   * then.
   */
  private static void forceFound(Disk disk, String path) throws IOException {
    try (DiskFile found = disk.open(path)) {
      found.writeAgain();
      found.force();
    }
  }

  private LogFile openFile() throws IOException {
    return LogFile.open(disk, folder + NAME, (offset, bytes) -> note(offset, read(bytes)));
  }

  static boolean exists(Disk disk, String folder) throws IOException {
    return disk.exists(folder + NAME);
  }

  private JournalRecord read(byte[] bytes) throws IOException {
    try {
      return JournalRecord.decode(bytes);
    } catch (Malformed e) {
      throw new CorruptStore("%s%s: a record is %s".formatted(folder, NAME, e.getMessage()));
    }
  }

  /** What a record at an offset means for those before it. */
  private void note(long offset, JournalRecord record) {
    recordsInFile++;
    switch (record) {
      case JournalRecord.Head r -> head = Optional.of(r);
      case JournalRecord.Identity r -> identity = Optional.of(r);
      case JournalRecord.FirstMembers r -> firstMembers = Optional.of(r);
      case JournalRecord.Term r -> term = r;
      case JournalRecord.Entry r -> {
        dropFrom(r.entry().getIndex());
        entries.add(new Position(r.entry().getIndex(), offset, r.entry().getTerm()));
      }
      case JournalRecord.Truncated r -> dropFrom(r.index());
      case JournalRecord.Snapshot r -> note(r);
    }
  }

  /** Mostly there is nothing from there on. */
  private void dropFrom(long index) {
    if (!entries.isEmpty() && entries.getLast().index() >= index) {
      entries.subList(placeOf(index), entries.size()).clear();
    }
  }

  /** The place of the first entry from an index on. */
  private int placeOf(long index) {
    int place = Collections.binarySearch(entries, new Position(index, 0, 0), BY_INDEX);
    return place >= 0 ? place : -place - 1;
  }

  /** S4, and Raft figure 13: entries behind a snapshot stay only if they continue it. */
  private void note(JournalRecord.Snapshot snapshot) {
    if (conflictingTailDropped && !continuedBehind(snapshot)) {
      dropFrom(snapshot.index() + 1);
    }
    snapshots.put(snapshot.index(), snapshot);
    while (snapshots.size() > 2) {
      snapshots.pollFirstEntry();
    }
  }

  private boolean continuedBehind(JournalRecord.Snapshot snapshot) {
    int place = placeOf(snapshot.index());
    return place < entries.size()
        && entries.get(place).index() == snapshot.index()
        && entries.get(place).term() == snapshot.term();
  }

  /** Appends a record; it is durable after the next {@link #force()}. */
  void append(JournalRecord record) throws IOException {
    append(List.of(record));
  }

  void append(List<? extends JournalRecord> records) throws IOException {
    List<byte[]> payloads = records.stream().map(JournalRecord::encode).toList();
    long offset = file.append(payloads);
    for (int i = 0; i < payloads.size(); i++) {
      note(offset, records.get(i));
      offset += LogFile.sizeOf(payloads.get(i));
    }
  }

  void force() throws IOException {
    file.force();
  }

  Optional<JournalRecord.Head> head() {
    return head;
  }

  Optional<JournalRecord.Identity> identity() {
    return identity;
  }

  Optional<JournalRecord.FirstMembers> firstMembers() {
    return firstMembers;
  }

  JournalRecord.Term term() {
    return term;
  }

  /** The latest snapshots, newest last, two at most. */
  List<JournalRecord.Snapshot> snapshots() {
    return List.copyOf(snapshots.values());
  }

  /** The entries from an index on, without a gap; {@link CorruptStore} when there is one. */
  List<LogEntry> entriesFrom(long first) throws IOException {
    List<LogEntry> found = new ArrayList<>();
    long next = first;
    for (Position there : entries.subList(placeOf(first), entries.size())) {
      if (there.index() != next) {
        throw new CorruptStore(
            "%s%s: entry %d is missing before entry %d"
                .formatted(folder, NAME, next, there.index()));
      }
      found.add(entry(there));
      next++;
    }
    return found;
  }

  private LogEntry entry(Position position) throws IOException {
    if (read(file.read(position.offset())) instanceof JournalRecord.Entry record) {
      return record.entry();
    }
    throw new CorruptStore("%s%s: no entry at byte %d".formatted(folder, NAME, position.offset()));
  }

  /** Forgets the entries up to an index and shrinks the file when that is worth it. */
  void cutUntil(long index) throws IOException {
    entries.subList(0, placeOf(index + 1)).clear();
    long gone = recordsInFile - entries.size();
    if (gone >= VOID_RECORDS && gone >= entries.size()) {
      rewrite();
    }
  }

  private void rewrite() throws IOException {
    disk.delete(folder + UNFINISHED);
    try (LogFile fresh = LogFile.open(disk, folder + UNFINISHED, (_, _) -> {})) {
      List<byte[]> start = new ArrayList<>();
      head.ifPresent(record -> start.add(record.encode()));
      identity.ifPresent(record -> start.add(record.encode()));
      firstMembers.ifPresent(record -> start.add(record.encode()));
      start.add(term.encode());
      fresh.append(start);
      copyLog(fresh);
      fresh.force();
    }
    file.close();
    disk.replace(folder + UNFINISHED, folder + NAME);
    head = Optional.empty();
    identity = Optional.empty();
    firstMembers = Optional.empty();
    entries.clear();
    snapshots.clear();
    recordsInFile = 0;
    file = openFile();
  }

  /** Each snapshot comes right behind the entry of its index, so its tail still continues it. */
  private void copyLog(LogFile fresh) throws IOException {
    NavigableMap<Long, JournalRecord.Snapshot> waiting = new TreeMap<>(snapshots);
    List<byte[]> batch = new ArrayList<>();
    for (Position entry : entries) {
      moveTo(batch, waiting.headMap(entry.index(), false));
      batch.add(file.read(entry.offset()));
      if (batch.size() >= COPIED_TOGETHER) {
        fresh.append(batch);
        batch.clear();
      }
    }
    moveTo(batch, waiting);
    fresh.append(batch);
  }

  private static void moveTo(
      List<byte[]> batch, NavigableMap<Long, JournalRecord.Snapshot> snapshots) {
    snapshots.values().forEach(snapshot -> batch.add(snapshot.encode()));
    snapshots.clear();
  }

  long bytes() {
    return file.length();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
