package dev.ebbgate.sim;

import dev.ebbgate.sim.frames.Answer;
import dev.ebbgate.sim.frames.Frames;
import dev.ebbgate.sim.play.AnswerPlan;
import dev.ebbgate.sim.play.Dripping;
import dev.ebbgate.sim.play.Player;
import dev.ebbgate.sim.play.Prefilling;
import dev.ebbgate.sim.play.Step;
import dev.ebbgate.sim.play.StreamPlan;
import dev.ebbgate.sim.script.Content;
import dev.ebbgate.sim.script.Pace;
import dev.ebbgate.sim.script.Refusal;
import dev.ebbgate.sim.script.Script;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Casts a request into steps and has them played. One for all event loops: what requests share is
/// the prefill's rate, the clock of outages, and the count of requests per script.
final class Stage {

    private static final String HTML =
            """
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
            </html>
            """;

    private final Script.Setting setting;
    private final Vertx vertx;
    private final Prefilling prefilling;
    private final long openedNanos = System.nanoTime();
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

    Stage(Script.Setting setting, Vertx vertx) {
        this.setting = setting;
        this.vertx = vertx;
        this.prefilling = new Prefilling(vertx);
    }

    Script script(String model, String header) {
        boolean idle = model.equals(Bench.IDLE);
        Script script = Script.of(idle ? "sim:" + Bench.IDLE_SCRIPT : model, header, setting);
        long now = (long) ((System.nanoTime() - openedNanos) * script.pace().speed());
        return script.outage().down(now, earlier(script)) ? script.whileDown(setting) : script;
    }

    /// How many requests of this script there were before; counted only where it matters.
    private int earlier(Script script) {
        return script.outage().fails() == 0
                ? 0
                : seen.computeIfAbsent(script.text(), _ -> new AtomicInteger()).getAndIncrement();
    }

    void forget() {
        seen.clear();
    }

    /// To be called on the event loop of the request.
    void play(
            Surface surface,
            HttpServerRequest request,
            Asked asked,
            Script asWritten,
            Attempt attempt) {
        Script script = asWritten.prefilled(asked.begun());
        boolean streamed = asked.stream() && surface.streams();
        int promptTokens = promptTokens(script, asked);
        Frames frames = surface.frames(answer(script, asked, promptTokens));
        Iterator<Step> steps;
        if (!script.refusal().none()) {
            Step.Head head = head(surface, attempt, script.refusal(), bodyType(script.refusal()));
            steps =
                    AnswerPlan.refusal(script, head, refusal(script, frames), promptTokens)
                            .iterator();
        } else if (streamed) {
            Step.Head head =
                    head(surface, attempt, script.refusal(), "text/event-stream; charset=utf-8");
            steps = new StreamPlan(script, frames, head, promptTokens, script.said(asked.begun()));
        } else {
            Step.Head head = head(surface, attempt, script.refusal(), "application/json");
            String json = Buffered.json(surface, script, asked, frames, promptTokens);
            steps = AnswerPlan.of(script, head, json, promptTokens, surface.streams()).iterator();
        }
        Pace pace = script.pace();
        long drip = pace.real(script.wire().dripNanos());
        ResponseOutlet outlet = new ResponseOutlet(request, attempt, script.wire().gzip());
        Context context = vertx.getOrCreateContext();
        new Player(
                        context,
                        outlet,
                        drip > 0 ? new Dripping(steps, drip) : steps,
                        keepAlive(frames, pace, streamed),
                        prefilling)
                .play();
    }

    private static Player.KeepAlive keepAlive(Frames frames, Pace pace, boolean streamed) {
        Buffer bytes = Buffer.buffer(streamed ? frames.keepAlive() : " ");
        return new Player.KeepAlive(bytes, streamed ? 1 : 0, pace.real(pace.keepAliveNanos()));
    }

    private static int promptTokens(Script script, Asked asked) {
        int told = script.content().promptTokens();
        return told == Content.AS_ASKED ? asked.estimatedTokens() : told;
    }

    private static Answer answer(Script script, Asked asked, int promptTokens) {
        Content content = script.content();
        boolean usage =
                switch (content.usage()) {
                    case ASKED -> asked.usage();
                    case ALWAYS -> true;
                    case NEVER -> false;
                };
        return new Answer(
                content.seed(),
                asked.model(),
                content.choices() == Content.AS_ASKED ? asked.choices() : content.choices(),
                promptTokens,
                content.tokens() + content.reasoning(),
                content.reasoning(),
                content.form() != Content.Form.TEXT,
                usage);
    }

    private static String bodyType(Refusal refusal) {
        return refusal.body() == Refusal.Body.HTML ? "text/html" : "application/json";
    }

    private static String refusal(Script script, Frames frames) {
        return switch (script.refusal().body()) {
            case AUTO, JSON -> frames.failure(script.refusal().status(), script.close().error());
            case HTML -> HTML;
            case EMPTY -> "";
        };
    }

    private static Step.Head head(Surface surface, Attempt attempt, Refusal refusal, String type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", type);
        headers.put("cache-control", "no-cache");
        headers.put(surface.idHeader(), "req_sim_" + attempt.id());
        if (refusal.retryAfter() >= 0) {
            headers.put("retry-after", Integer.toString(refusal.retryAfter()));
        }
        return new Step.Head(refusal.status(), headers);
    }
}
