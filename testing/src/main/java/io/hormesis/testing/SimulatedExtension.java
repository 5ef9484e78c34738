package io.hormesis.testing;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes a test of each seed, one after another, until one fails. */
final class SimulatedExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), Simulated.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Simulated simulated =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Simulated.class)
            .orElseThrow();
    // JUnit takes one context after another, and runs it before it takes the next.
    AtomicBoolean failed = new AtomicBoolean();
    return Seeds.of(simulated, context.getConfigurationParameter(Seeds.PROPERTY))
        .takeWhile(_ -> !failed.get())
        .mapToObj(seed -> new SeedTest(seed, () -> failed.set(true)));
  }
}
