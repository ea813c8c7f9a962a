package dev.ebbgate.mcp;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads lines of UTF-8, none longer than a bound: what a peer can make grow is counted.
final class Lines {

    private final InputStream input;
    private final int longest;

    Lines(InputStream input, int longest) {
        this.input = new BufferedInputStream(input);
        this.longest = longest;
    }

    /// The next line without its end; null at the end.
    ///
    /// @throws IOException also for a line that is too long
    @Nullable String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = input.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() == longest) {
                throw new IOException("a line of more than " + longest + " bytes");
            }
            line.write(next);
            next = input.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
