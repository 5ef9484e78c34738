package io.hormesis.replication;

import io.hormesis.engine.delivery.Target;

/**
 * Which group: one partition of one stateful process.
 *
 * @param process name of the process: letters, digits, {@code -} and {@code _}
 * @param partition from 0
 */
public record GroupId(String process, int partition) implements Comparable<GroupId> {

  private static final int LONGEST_NAME = 100;

  public GroupId {
    if (!isName(process)) {
      throw new IllegalArgumentException(
          "process '%s': a name has 1 to 100 letters, digits, - and _".formatted(process));
    }
    if (partition < 0) {
      throw new IllegalArgumentException("partition %d: must not be negative".formatted(partition));
    }
  }

  /** The group of a partition. */
  public static GroupId of(Target target) {
    return new GroupId(target.process(), target.partition().orElseThrow());
  }

  /** Asked for every message of a group, so without a regular expression. */
  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char is = text.charAt(i);
      boolean fits =
          (is >= 'a' && is <= 'z')
              || (is >= 'A' && is <= 'Z')
              || (is >= '0' && is <= '9')
              || is == '-'
              || is == '_';
      if (!fits) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_NAME;
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
