package dev.ebbgate.sim;

import dev.ebbgate.sim.frames.Answer;
import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.frames.Part;
import dev.ebbgate.sim.frames.Voice;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The four answers of the benchmark, rendered once and sent with as little work as possible, so
/// that a measurement is of the gateway and not of the provider. They leave no trace in the
/// journal, but for the idle one.
final class Bench {

    static final String JSON = "bench-json";
    static final String BURST = "bench-burst";
    static final String PACED = "bench-paced";

    /// Not played here: a scripted answer.
    static final String IDLE = "bench-idle";

    static final String IDLE_SCRIPT = "lead=preamble;tokens=1;rate=burst;end=hang";

    private static final int CHUNKS = 64;
    private static final long PERIOD_MS = 20;
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    private record Rendered(
            Buffer json, Buffer burst, Buffer first, List<Buffer> chunks, Buffer last) {}

    private final Vertx vertx;
    private final Map<Surface, Rendered> rendered = new EnumMap<>(Surface.class);

    Bench(Vertx vertx) {
        this.vertx = vertx;
        for (Surface surface : Surface.values()) {
            rendered.put(surface, render(surface));
        }
    }

    /// Whether the model is one of those that are answered here; if so, it is.
    boolean answered(Surface surface, String model, HttpServerResponse response) {
        Rendered frames = rendered.get(surface);
        if (frames == null || !model.startsWith("bench-")) {
            return false;
        }
        switch (model) {
            case JSON -> response.putHeader("content-type", "application/json").end(frames.json());
            case BURST -> {
                response.putHeader("content-type", EVENTS).setChunked(true).writeHead();
                response.end(frames.burst());
            }
            case PACED -> paced(frames, response);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void paced(Rendered frames, HttpServerResponse response) {
        response.putHeader("content-type", EVENTS).setChunked(true).write(frames.first());
        int[] next = {0};
        long timer =
                vertx.setPeriodic(
                        PERIOD_MS,
                        id -> {
                            if (next[0] < CHUNKS) {
                                response.write(frames.chunks().get(next[0]++));
                            } else {
                                vertx.cancelTimer(id);
                                response.end(frames.last());
                            }
                        });
        response.closeHandler(_ -> vertx.cancelTimer(timer));
        response.exceptionHandler(_ -> vertx.cancelTimer(timer));
    }

    private static Rendered render(Surface surface) {
        Answer answer = new Answer(1, "bench", 1, 16, CHUNKS, 0, false, false);
        Frames stream = surface.frames(answer);
        Voice voice = new Voice(1);
        Buffer first = Buffer.buffer(stream.preamble(Part.TEXT));
        Buffer burst = first.copy();
        List<Buffer> chunks = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            Frames.Piece piece = new Frames.Piece(Part.TEXT, voice.token(0));
            Buffer chunk = Buffer.buffer(stream.delta(piece));
            chunks.add(chunk);
            burst.appendBuffer(chunk);
        }
        Buffer last = Buffer.buffer(stream.finish() + stream.done());
        burst.appendBuffer(last);
        Frames.Piece hello = new Frames.Piece(Part.TEXT, "The tide falls and a gate opens.");
        Buffer json = Buffer.buffer(surface.frames(answer).answer(List.of(hello)));
        return new Rendered(json, burst, first, List.copyOf(chunks), last);
    }
}
