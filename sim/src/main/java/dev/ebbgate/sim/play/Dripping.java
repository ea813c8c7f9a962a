package dev.ebbgate.sim.play;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;

/// The same steps with every write taken apart into single bytes, a rest after each.
public final class Dripping implements Iterator<Step> {

    private final Iterator<Step> whole;
    private final Step.Rest rest;
    private Step.@Nullable Send sending;
    private int sent;
    private boolean resting;

    public Dripping(Iterator<Step> whole, long nanos) {
        this.whole = whole;
        this.rest = new Step.Rest(nanos);
    }

    @Override
    public boolean hasNext() {
        return sending != null || resting || whole.hasNext();
    }

    @Override
    public Step next() {
        if (resting) {
            resting = false;
            return rest;
        }
        if (sending != null) {
            return drop(sending);
        }
        Step step = whole.next();
        if (step instanceof Step.Send send && send.bytes().length() > 0) {
            sent = 0;
            sending = send;
            return drop(send);
        }
        return step;
    }

    private Step.Send drop(Step.Send from) {
        Buffer one = from.bytes().getBuffer(sent, ++sent);
        boolean last = sent == from.bytes().length();
        sending = last ? null : from;
        resting = true;
        return new Step.Send(one, last ? from.events() : 0);
    }
}
