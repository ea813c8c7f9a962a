package dev.ebbgate.gateway;

import java.io.IOException;
import java.io.OutputStream;

/// A stream that several threads write to, each write whole: the lines of one never stand in those
/// of another. Whoever writes waits while another does.
public final class WholeWrites extends OutputStream {

    private final OutputStream out;

    /// @param out stays open
    public WholeWrites(OutputStream out) {
        this.out = out;
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        out.write(octet);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }
}
