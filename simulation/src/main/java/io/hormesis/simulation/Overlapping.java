package io.hormesis.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A measure that faults change for a while, each to its own value. Of those that overlap the latest
 * counts; when it ends, the one before goes on if it still lasts.
 *
 * @param <F> the measure's values
 */
public final class Overlapping<F> {
  private final Consumer<F> changed;
  private final List<Lasting<F>> lasting = new ArrayList<>();
  private F usual;
  private F present;

  /** A measure that is as usual. */
  public Overlapping(F usual) {
    this(usual, _ -> {});
  }

  /**
   * A measure that is as usual.
   *
   * @param changed told of it after each begin and end
   */
  public Overlapping(F usual, Consumer<F> changed) {
    this.usual = usual;
    this.present = usual;
    this.changed = changed;
  }

  public F present() {
    return present;
  }

  /** Changes what it is while no fault lasts. */
  public void usual(F value) {
    usual = value;
    change();
  }

  /** Begins a fault, and returns what ends it. */
  public Runnable begin(F value) {
    Lasting<F> begun = new Lasting<>(value);
    lasting.add(begun);
    change();
    return () -> {
      lasting.remove(begun);
      change();
    };
  }

  private void change() {
    present = lasting.isEmpty() ? usual : lasting.getLast().value;
    changed.accept(present);
  }

  /** Equal to no other, whatever their values. */
  private static final class Lasting<F> {
    private final F value;

    Lasting(F value) {
      this.value = value;
    }
  }
}
