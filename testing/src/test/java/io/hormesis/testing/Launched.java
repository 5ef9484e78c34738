package io.hormesis.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What became of tests that a test has run. */
final class Launched implements TestExecutionListener {

  /** How one test, or the container of several, ended. */
  record Ended(String name, boolean test, TestExecutionResult result) {
    boolean successful() {
      return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    }

    Throwable failure() {
      return result.getThrowable().orElseThrow();
    }
  }

  private final List<Ended> all = new ArrayList<>();

  /** Runs the tests of a class. */
  static Launched of(Class<?> tests) {
    return of(tests, Optional.empty());
  }

  /**
   * Runs the tests of a class.
   *
   * @param seed value of the property that names one
   */
  static Launched of(Class<?> tests, Optional<String> seed) {
    Launched launched = new Launched();
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests));
    seed.ifPresent(it -> request.configurationParameter(Seeds.PROPERTY, it));
    LauncherFactory.create().execute(request.build(), launched);
    return launched;
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    all.add(new Ended(identifier.getDisplayName(), identifier.isTest(), result));
  }

  List<Ended> tests() {
    return all.stream().filter(Ended::test).toList();
  }

  List<String> names() {
    return tests().stream().map(Ended::name).toList();
  }

  /** The failure of the one test, or container, that failed. */
  Throwable failure() {
    List<Ended> failed = all.stream().filter(it -> !it.successful()).toList();
    if (failed.size() != 1) {
      throw new AssertionError("one must fail, but these did: " + failed);
    }
    return failed.getFirst().failure();
  }
}
