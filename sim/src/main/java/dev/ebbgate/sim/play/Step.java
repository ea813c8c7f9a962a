package dev.ebbgate.sim.play;

import dev.ebbgate.sim.script.Ending;

import io.vertx.core.buffer.Buffer;

import java.util.Map;

/// One step of an answer.
public sealed interface Step {

    /// The status line and the headers leave.
    record Head(int status, Map<String, String> headers) implements Step {}

    /// Bytes leave, in one write; `events` of them end with it.
    record Send(Buffer bytes, int events) implements Step {

        /// SSE text: an event ends at each empty line.
        static Send events(String text, boolean crlf) {
            int events = 0;
            for (int at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n", at + 2)) {
                events++;
            }
            return new Send(Buffer.buffer(crlf ? text.replace("\n", "\r\n") : text), events);
        }
    }

    /// Nothing happens for so many real nanoseconds.
    record Rest(long nanos) implements Step {}

    /// A prefill that would take so many real nanoseconds if it were alone.
    record Prefill(long nanos) implements Step {}

    /// The end; never, if it is a hang.
    record Finish(Ending ending) implements Step {}
}
