package dev.ebbgate.gateway.events;

import java.io.IOException;
import java.io.OutputStream;

/// Writes each event with one write to a stream: stdout, or a file that is appended to.
record StreamOutlet(String name, OutputStream out, boolean owned) implements Outlet {

    @Override
    public void write(byte[] line) throws IOException {
        out.write(line, 0, line.length);
        out.flush();
    }

    @Override
    public void close() {
        if (owned) {
            try {
                out.close();
            } catch (IOException _) {
                // Each line was flushed.
            }
        }
    }
}
