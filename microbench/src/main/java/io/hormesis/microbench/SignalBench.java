package io.hormesis.microbench;

import io.hormesis.server.CallPath;
import io.hormesis.server.RefusalPath;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What signals cost where a server may send them. */
@State(Scope.Thread)
public class SignalBench {
  @Param Readers readers = Readers.NOBODY;

  private Supplier<?> refusal = () -> "";
  private Supplier<?> call = () -> "";

  @Setup
  public void prepare(Blackhole read) {
    refusal = readers.path(RefusalPath.class, read::consume);
    call = readers.path(CallPath.class, read::consume);
  }

  /** One look alone: an instance is told that a guard refused a message for it. */
  @Benchmark
  public Object refusal() {
    return refusal.get();
  }

  /** Five looks: a call to this very server, from its beginning to its result. */
  @Benchmark
  public Object call() {
    return call.get();
  }
}
