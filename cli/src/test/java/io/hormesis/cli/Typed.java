package io.hormesis.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
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
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int status = line.execute(arguments);
    return new Typed(status, out.toString(), err.toString().strip());
  }
}
