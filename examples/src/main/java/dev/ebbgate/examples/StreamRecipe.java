package dev.ebbgate.examples;

import dev.ebbgate.tools.stream.StreamLimits;
import dev.ebbgate.tools.stream.StreamWatch;
import dev.ebbgate.tools.stream.WatchedStream;

import java.time.Duration;

/// The answer of any client's streaming model, under watch.
final class StreamRecipe {

    private StreamRecipe() {}

    /// What the model's client gives for a call.
    interface Call {
        void cancel();
    }

    /// Who reads the answer.
    interface Reader {
        void text(String delta);

        void end();

        void failed(RuntimeException error);
    }

    static void answer(Call call, Reader reader, String delta) {
        // <stream-watch>
        StreamLimits limits = StreamLimits.DEFAULT.withStreamIdle(Duration.ofSeconds(90));
        StreamWatch watch = StreamWatch.of(limits);
        WatchedStream stream = watch.begin("acme/large", call::cancel, reader::failed);
        // where the model's client hands over what arrives:
        stream.sign(() -> {}); // a keep-alive, a role, a usage
        stream.token(() -> reader.text(delta)); // text, reasoning, part of a tool call
        stream.complete(reader::end); // or stream.fail(() -> reader.failed(error))
        // </stream-watch>
    }
}
