package dev.ebbgate.core.upkeep;

import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;

import org.jspecify.annotations.Nullable;

/// Where operators reach the gateway, apart from its clients.
///
/// @param listen null where it is `off`
/// @param key null where none is asked, which only loopback may do
/// @param writes whether the configuration can be changed through it
/// @param written whether the configuration speaks of it at all
public record Admin(
        @Nullable Listen listen, @Nullable Secret key, boolean writes, boolean written) {

    /// Where it listens if nothing else is written.
    public static final Listen ADDRESS = new Listen("127.0.0.1", 12001);

    public static final Admin DEFAULT = new Admin(ADDRESS, null, true, false);

    /// `admin: off`
    public static final Admin OFF = new Admin(null, null, false, true);

    public Admin {
        if (listen != null && !listen.isLoopback() && key == null) {
            throw new IllegalArgumentException("only loopback may be bound without a key");
        }
    }
}
