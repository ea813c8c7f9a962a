package dev.ebbgate.sim.play;

import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.script.Content;
import dev.ebbgate.sim.script.Ending;
import dev.ebbgate.sim.script.Lead;
import dev.ebbgate.sim.script.Script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The steps of a streamed answer, made one token at a time, so that an endless answer takes no
/// memory.
public final class StreamPlan implements Iterator<Step> {

    private final Script script;
    private final Frames frames;
    private final Pieces pieces;
    private final Beat beat;
    private final Deque<Step> ready = new ArrayDeque<>();
    private String opening = "";
    private int token;
    private boolean closed;

    /// @param said what of the answer need not be said again
    public StreamPlan(Script script, Frames frames, Step.Head head, int promptTokens, String said) {
        this.script = script;
        this.frames = frames;
        this.pieces = new Pieces(script.content(), said);
        this.beat = new Beat(script.pace(), script.content());
        open(head, promptTokens);
    }

    private void open(Step.Head head, int promptTokens) {
        Lead lead = script.lead();
        boolean silent = pieces.count() == 0 && !script.close().finish();
        if (lead != Lead.NONE) {
            ready.add(head);
        }
        if (lead == Lead.PREAMBLE) {
            send(frames.preamble(pieces.first()));
        }
        ready.add(beat.prefill(promptTokens));
        boolean mute = silent && bare(script.close().ending());
        if (lead == Lead.NONE && !mute) {
            ready.add(head);
        }
        if (lead != Lead.PREAMBLE && !silent) {
            opening = frames.preamble(pieces.first());
        }
    }

    /// Whether this ending can happen to an exchange that has got no byte.
    private static boolean bare(Ending ending) {
        return switch (ending) {
            case HANG, RESET, CUT, TRUNCATED -> true;
            case OK, EOF, ERROR -> false;
        };
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || !closed;
    }

    @Override
    public Step next() {
        while (ready.isEmpty()) {
            if (closed) {
                throw new NoSuchElementException();
            }
            more();
        }
        return ready.remove();
    }

    private void more() {
        if (script.pace().burst()) {
            burst();
        } else if (!opening.isEmpty()) {
            send(opening);
            opening = "";
        } else if (token < pieces.count()) {
            oneToken();
        } else {
            close();
        }
    }

    private void oneToken() {
        Frames.Piece piece = pieces.at(token);
        if (!piece.text().isEmpty()) {
            if (token > 0) {
                ready.add(beat.gap());
            }
            interrupt();
            send(frames.delta(piece));
        }
        token++;
    }

    /// What the script puts before the token that is next.
    private void interrupt() {
        if (pausesHere()) {
            ready.add(beat.pause());
        }
        send(malformedHere());
    }

    private String malformedHere() {
        return script.close().malformedAt() == token ? frames.malformed() : "";
    }

    private boolean pausesHere() {
        return script.pace().pauseNanos() > 0
                && script.pace().pauseAt() == token
                && script.content().form() != Content.Form.TOOL_BUFFERED;
    }

    /// Everything in one write, the end included where it consists of bytes.
    private void burst() {
        StringBuilder all = new StringBuilder(opening);
        while (token < pieces.count()) {
            Frames.Piece piece = pieces.at(token);
            all.append(malformedHere()).append(piece.text().isEmpty() ? "" : frames.delta(piece));
            token++;
        }
        close(all.append(malformedHere()));
    }

    private void close() {
        interrupt();
        close(new StringBuilder());
    }

    private void close(StringBuilder text) {
        closed = true;
        if (script.content().form() == Content.Form.TOOL_BUFFERED) {
            send(text.toString());
            text.setLength(0);
            ready.add(beat.pause());
            text.append(frames.delta(pieces.buffered()));
        }
        text.append(script.close().finish() ? frames.finish() : "").append(last());
        send(text.toString());
        ready.add(new Step.Finish(script.close().ending()));
    }

    private String last() {
        return switch (script.close().ending()) {
            case OK -> frames.done();
            case ERROR -> frames.error(script.close().error());
            case TRUNCATED -> pieces.count() == 0 ? "" : half(frames.delta(pieces.at(0)));
            case HANG, EOF, CUT, RESET -> "";
        };
    }

    private static String half(String text) {
        return text.substring(0, text.length() / 2);
    }

    private void send(String text) {
        if (!text.isEmpty()) {
            ready.add(Step.Send.events(text, script.wire().crlf()));
        }
    }
}
