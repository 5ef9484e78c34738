package io.hormesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * What somebody typed and what came of it.
 *
 * @param status exit status
 * @param out what came on standard output
 * @param err what came on standard error
 */
record Typed(int status, String out, String err) {

  static Typed line(Object... words) {
    return line(new StringWriter(), words);
  }

  /** The same, where standard output takes no more than so many characters. */
  static Typed limited(int most, Object... words) {
    return line(new Full(most), words);
  }

  private static Typed line(Writer out, Object... words) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int status =
        Main.execute(line, Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    return new Typed(status, out.toString(), err.toString().strip());
  }

  /** A disk with little space. */
  private static final class Full extends Writer {
    private final StringWriter taken = new StringWriter();
    private final int most;

    Full(int most) {
      this.most = most;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      if (taken.getBuffer().length() + length > most) {
        throw new IOException("full");
      }
      taken.write(text, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return taken.toString();
    }
  }
}
