package dev.ebbgate.sim.play;

import dev.ebbgate.sim.script.Ending;
import dev.ebbgate.sim.script.Lead;
import dev.ebbgate.sim.script.Script;

import io.vertx.core.buffer.Buffer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of an answer that is not streamed.
public final class AnswerPlan {

    private final List<Step> steps = new ArrayList<>();

    private AnswerPlan() {}

    /// A good answer, or a bad end of one. A body whose head left early, or that is kept alive with
    /// blanks, has no content-length. What is not `generated` token by token takes the prefill
    /// alone.
    public static List<Step> of(
            Script script, Step.Head head, String json, int promptTokens, boolean generated) {
        AnswerPlan plan = new AnswerPlan();
        Beat beat = new Beat(script.pace(), script.content());
        boolean early = script.lead() == Lead.HEAD || script.lead() == Lead.PREAMBLE;
        early |= script.pace().keepAliveNanos() > 0;
        if (early) {
            plan.steps.add(head);
        }
        plan.steps.add(beat.prefill(promptTokens));
        if (generated) {
            plan.steps.add(
                    beat.generation(script.content().tokens() + script.content().reasoning()));
        }
        plan.body(script, head, early, json);
        return plan.steps;
    }

    private void body(Script script, Step.Head head, boolean early, String json) {
        Ending ending = script.close().ending();
        boolean good = ending == Ending.OK || ending == Ending.ERROR || script.close().finish();
        boolean nothing = script.content().tokens() == 0 && !good;
        Buffer whole = Buffer.buffer(json);
        boolean malformed = script.close().malformedAt() >= 0;
        Buffer sent = good && !malformed ? whole : whole.getBuffer(0, whole.length() / 2);
        boolean delimited = ending != Ending.EOF && !malformed && !script.wire().gzip();
        if (!early && !(nothing && ending != Ending.EOF)) {
            steps.add(delimited ? sized(head, whole.length()) : head);
        }
        if (!nothing) {
            steps.add(new Step.Send(sent, 1));
        }
        steps.add(new Step.Finish(ending == Ending.ERROR ? Ending.OK : ending));
    }

    /// An answer that never was the model's.
    public static List<Step> refusal(Script script, Step.Head head, String body, int promptTokens) {
        Buffer bytes = Buffer.buffer(body);
        Step prefill = new Beat(script.pace(), script.content()).prefill(promptTokens);
        return List.of(
                prefill,
                script.wire().gzip() ? head : sized(head, bytes.length()),
                new Step.Send(bytes, bytes.length() == 0 ? 0 : 1),
                new Step.Finish(Ending.OK));
    }

    private static Step.Head sized(Step.Head head, int length) {
        Map<String, String> headers = new LinkedHashMap<>(head.headers());
        headers.put("content-length", Integer.toString(length));
        return new Step.Head(head.status(), headers);
    }
}
