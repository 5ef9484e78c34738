package io.hormesis.replication;

import java.util.regex.Pattern;

/**
 * Which group: one partition of one stateful process.
 *
 * @param process name of the process: letters, digits, {@code -} and {@code _}
 * @param partition from 0
 */
public record GroupId(String process, int partition) implements Comparable<GroupId> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  public GroupId {
    if (!NAME.matcher(process).matches()) {
      throw new IllegalArgumentException(
          "process '%s': a name has 1 to 100 letters, digits, - and _".formatted(process));
    }
    if (partition < 0) {
      throw new IllegalArgumentException("partition %d: must not be negative".formatted(partition));
    }
  }

  /** Reads what {@link #toString()} wrote; an {@code IllegalArgumentException} when it did not. */
  public static GroupId parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("group '%s': must be process/partition".formatted(text));
    }
    return new GroupId(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
  }

  /** As people read it: {@code tax-desk/0}. */
  @Override
  public String toString() {
    return process + "/" + partition;
  }

  @Override
  public int compareTo(GroupId other) {
    int byProcess = process.compareTo(other.process);
    return byProcess != 0 ? byProcess : Integer.compare(partition, other.partition);
  }
}
