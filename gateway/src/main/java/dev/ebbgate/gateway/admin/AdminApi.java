package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.live.Steering;
import dev.ebbgate.gateway.metrics.Metrics;

import java.util.ArrayList;
import java.util.List;

/// All that can be asked of the admin API, in one list.
public final class AdminApi {

    private AdminApi() {}

    /// The list.
    ///
    /// @param audit answers what is asked of the ledger, of which the gateway knows nothing
    public static List<Endpoint> endpoints(
            Gateway gateway,
            Steering steering,
            Metrics metrics,
            EventFeed events,
            Endpoint.Handler audit) {
        List<Endpoint> all = new ArrayList<>();
        all.add(Endpoint.get("/openapi.json", _ -> OpenApi.document()));
        all.addAll(new InFlightApi(gateway).endpoints());
        all.addAll(new EntryApi(Section.ROUTES, steering).endpoints());
        all.addAll(new EntryApi(Section.PROVIDERS, steering).endpoints());
        all.addAll(new VerifyApi(steering).endpoints());
        all.addAll(new OverlayApi(steering).endpoints());
        all.addAll(new MetricsApi(gateway, metrics).endpoints());
        all.addAll(new EventsApi(events).endpoints());
        all.add(Endpoint.get("/audit", audit));
        return List.copyOf(all);
    }
}
