package io.hormesis.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What patches are tried on: it tells what its own methods did. */
public final class Patient implements SeedRunner {
  private final List<String> told = new ArrayList<>();

  /** Asks for nothing. */
  public Patient() {}

  @Override
  public SortedMap<Long, List<String>> violations(long first, int count) {
    told.add("sum " + sum(first, 3));
    told.add("both " + both(first, "b"));
    told.add("found " + found().isPresent());
    LongSupplier inLambda = () -> sum(first, 4);
    told.add("lambda " + inLambda.getAsLong());
    tell();
    return new TreeMap<>(Map.of(first, List.copyOf(told)));
  }

  long sum(long one, long other) {
    return one + other;
  }

  private static String both(long one, String other) {
    return one + other;
  }

  private Optional<String> found() {
    return Optional.of("it");
  }

  private void tell() {
    told.add("told");
  }

  List<String> told() {
    return told;
  }

  /** A hook of its methods. */
  public static final class Hook {
    private Hook() {}

    /** Doubles a sum, and adds the second argument again. */
    public static long sum(long result, Patient self, long one, long other) {
      self.told().add("hook saw %d of %d and %d".formatted(result, one, other));
      return 2 * result;
    }
  }
}
