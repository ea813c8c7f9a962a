package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.admin.Verification.Patiently;
import dev.ebbgate.gateway.live.Steering;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import java.util.List;

/// Whether a provider can be asked, found out by asking it.
public final class VerifyApi {

    private static final Span LONGEST = Span.ofSeconds(3_600);

    private final Steering steering;

    public VerifyApi(Steering steering) {
        this.steering = steering;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.read(HttpMethod.POST, "/providers/{name}/verify", this::verify));
    }

    private Reply verify(Ask ask) throws Refusal {
        Config config = steering.now().config();
        Provider provider = config.providers().get(ask.name());
        if (provider == null) {
            throw new Refusal(404, "no provider of that name; GET /providers");
        }
        String model = ask.query().get("model");
        if (model == null) {
            model =
                    config.routes().values().stream()
                            .flatMap(route -> route.targets().stream())
                            .filter(target -> target.provider().equals(provider.name()))
                            .map(TargetRef::model)
                            .filter(name -> !name.equals(TargetRef.ASKED))
                            .findFirst()
                            .orElse("");
        }
        ResolvedLimit connect = Resolver.timeouts(Level.all(config, provider, null)).connect();
        Finding finding =
                Verification.of(
                        provider,
                        model,
                        new Patiently(
                                new Sourced<>(connect.value(), connect.source()), answer(ask)));
        return Reply.of(
                new JsonObject()
                        .put("provider", provider.name())
                        .put("base_url", provider.upstream().baseUrl().toString())
                        .put("model", model.isEmpty() ? null : model)
                        .put("ok", finding.kind() == Finding.Kind.OK)
                        .put("kind", finding.kind().key())
                        .put("message", finding.message())
                        .put("next", finding.next()));
    }

    /// How long whoever asks wants to wait.
    private static Sourced<Span> answer(Ask ask) throws Refusal {
        String text = ask.query().get("timeout");
        if (text == null) {
            return Patiently.DEFAULT.answer();
        }
        try {
            Span wanted = Span.parse(text);
            if (!wanted.isOff() && !wanted.isLongerThan(LONGEST)) {
                return new Sourced<>(wanted, "--timeout");
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new Refusal(400, "timeout: write a duration such as 30s, at most " + LONGEST);
    }
}
