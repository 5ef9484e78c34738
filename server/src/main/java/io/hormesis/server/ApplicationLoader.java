package io.hormesis.server;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The class loader of one application: its own jars come first, so it has the versions of libraries
 * that it brings along. Two things come first from elsewhere: the JDK, and what is Hormesis' own,
 * for a contract or a workload is of use only when both sides mean the same class by it. What the
 * application does not bring is looked for among the platform's libraries last.
 *
 * <p>Services are the application's own and the JDK's: a provider of the platform would implement
 * the platform's version of the service.
 */
public final class ApplicationLoader extends URLClassLoader {
  /** How stack traces call it. */
  public static final String NAME = "application";

  private static final String OURS = "io.hormesis.";
  private static final String SERVICES = "META-INF/services/";
  private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

  static {
    registerAsParallelCapable();
  }

  private ApplicationLoader(URL[] jars, ClassLoader platform) {
    super(NAME, jars, platform);
  }

  /** A new one, with classes of its own. */
  public static ApplicationLoader of(List<Path> jars) {
    return of(jars, ApplicationLoader.class.getClassLoader());
  }

  static ApplicationLoader of(List<Path> jars, ClassLoader platform) {
    return new ApplicationLoader(
        jars.stream().map(ApplicationLoader::url).toArray(URL[]::new), platform);
  }

  /**
   * Runs an author's code with a class loader as the context of its thread, where libraries look
   * for what belongs to them.
   */
  public static <T> T within(ClassLoader loader, Supplier<T> code) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return code.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Runs a task as {@link #within(ClassLoader, Supplier)} does. */
  public static void within(ClassLoader loader, Runnable task) {
    within(
        loader,
        () -> {
          task.run();
          return true;
        });
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = found(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> found(String name) throws ClassNotFoundException {
    try {
      return (name.startsWith(OURS) ? getParent() : JDK).loadClass(name);
    } catch (ClassNotFoundException itsOwn) {
      try {
        return findClass(name);
      } catch (ClassNotFoundException notBrought) {
        return getParent().loadClass(name);
      }
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    if (own != null) {
      return own;
    }
    return (name.startsWith(SERVICES) ? JDK : getParent()).getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    ClassLoader others = name.startsWith(SERVICES) ? JDK : getParent();
    all.addAll(Collections.list(others.getResources(name)));
    return Collections.enumeration(all);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
