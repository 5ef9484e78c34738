package io.hormesis.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A child-first class loader: defines the classes of the platform, of its consensus library and of
 * the tests anew, some of them patched, and leaves all others to its parent.
 */
public final class PatchedLoader extends ClassLoader {
  private static final List<String> OWN = List.of("io.hormesis.", "io.microraft.");

  /** What both sides must mean the same by. */
  private static final Set<String> SHARED = Set.of(SeedRunner.class.getName());

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader classes;
  private final Map<String, byte[]> patched = new HashMap<>();

  /**
   * Applies all patches at once, so that one that does not fit is seen before anything runs.
   *
   * @throws IllegalStateException when a patch finds nothing to change
   */
  public PatchedLoader(ClassLoader classes, List<Patch> patches) {
    super(classes);
    this.classes = classes;
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(classes)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    for (Patch patch : patches) {
      patched.put(
          patch.owner(), patch.apply(patched.computeIfAbsent(patch.owner(), this::bytes), format));
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (SHARED.contains(name) || OWN.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] there = patched.get(name);
    try {
      byte[] code = there != null ? there : bytes(name);
      return defineClass(name, code, 0, code.length);
    } catch (IllegalStateException missing) {
      throw new ClassNotFoundException(name, missing);
    }
  }

  private byte[] bytes(String name) {
    String file = name.replace('.', '/') + ".class";
    try (InputStream code = classes.getResourceAsStream(file)) {
      if (code == null) {
        throw new IllegalStateException(
            "class %s is not on the class path: fit the patch to the code".formatted(name));
      }
      return code.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
