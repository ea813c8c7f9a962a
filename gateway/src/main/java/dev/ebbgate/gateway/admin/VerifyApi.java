package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.gateway.live.Steering;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import java.util.List;

/// Whether a provider can be asked, found out by asking it.
public final class VerifyApi {

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
        Finding finding = Verification.of(provider, model);
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
}
