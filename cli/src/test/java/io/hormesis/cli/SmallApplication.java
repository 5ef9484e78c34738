package io.hormesis.cli;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;

import io.hormesis.process.Application;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.Route;
import io.hormesis.process.Worker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** An application of one process, and the jar that names it. */
public final class SmallApplication implements Application.Source {
  /** What may be asked of it. */
  public sealed interface Questions {
    /** The only one. */
    record Hello() implements Questions, Query<String> {}
  }

  /** An application whose author made a mistake. */
  public static final class Broken implements Application.Source {
    @Override
    public Application application() {
      throw new IllegalStateException("the author's mistake");
    }
  }

  /** An application that nobody can call. */
  public static final class Closed implements Application.Source {
    @Override
    public Application application() {
      return new SmallApplication().application().routes(new Route[0]);
    }
  }

  static final class Greeter implements Worker<Questions> {
    @Override
    public Reply<?> on(Questions message) {
      return switch (message) {
        case Questions.Hello hello -> hello.reply("hello");
      };
    }
  }

  @Override
  public Application application() {
    return Application.named("small")
        .of(
            process("greeter")
                .ownedBy(Owner.named("somebody"))
                .contract(Questions.class)
                .worker(Greeter::new))
        .routes(get("/hello", Questions.Hello.class).otherwise(_ -> "no hello today"));
  }

  /** A jar that names sources of applications. */
  static Path jar(Path file, Class<?>... sources) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + Application.Source.class.getName()));
      for (Class<?> source : sources) {
        jar.write((source.getName() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      jar.closeEntry();
    }
    return file;
  }
}
