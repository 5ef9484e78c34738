package io.hormesis.process;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Measures methods. */
final class Methods {
  private Methods() {}

  /** All methods of some files with their lengths in lines. */
  static List<Measured> of(List<House.Page> pages) throws IOException {
    List<Source> sources = pages.stream().map(Source::new).toList();
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, sources);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<Measured> measured = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      new Scanner(unit, positions, measured).scan(unit, null);
    }
    return measured;
  }

  /** One method. */
  record Measured(String file, String name, long lines) {}

  private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Measured> measured;

    Scanner(CompilationUnitTree unit, SourcePositions positions, List<Measured> measured) {
      this.unit = unit;
      this.positions = positions;
      this.measured = measured;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method));
      long last = lines.getLineNumber(positions.getEndPosition(unit, method));
      String file = unit.getSourceFile().getName();
      measured.add(new Measured(file, method.getName().toString(), last - first + 1));
      return super.visitMethod(method, null);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(House.Page page) {
      super(URI.create("text:///" + page.path()), JavaFileObject.Kind.SOURCE);
      this.text = page.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
