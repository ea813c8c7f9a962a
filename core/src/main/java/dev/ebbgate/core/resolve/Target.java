package dev.ebbgate.core.resolve;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.KeepAlive;

/// A provider and model that can be tried, with what holds there.
///
/// @param model the name to ask the provider for
public record Target(Provider provider, String model, Timeouts timeouts, KeepAlive keepAlive) {

    /// `provider/model`, as it is named in errors and the ledger.
    public String id() {
        return provider.name() + "/" + model;
    }

    Target asking(String asked) {
        return new Target(provider, asked, timeouts, keepAlive);
    }
}
