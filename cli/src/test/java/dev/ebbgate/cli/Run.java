package dev.ebbgate.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of a command within this process: its exit code and what it printed.
record Run(int code, String out, String err) {
    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Run(code, out.toString(), err.toString());
    }
}
