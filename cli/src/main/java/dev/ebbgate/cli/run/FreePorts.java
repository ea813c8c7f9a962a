package dev.ebbgate.cli.run;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.core.upkeep.Upkeep;

/// Where a gateway listens that is one command's own: on this machine alone, and on ports that
/// nobody else asks for. So no command depends on the gateway of another, which ends with it, and
/// none stands in the way of a `serve` that starts meanwhile.
public final class FreePorts {

    private static final Listen ANY = new Listen(Listen.DEFAULT.host(), 0);

    private FreePorts() {}

    /// The same configuration, but for where it listens.
    public static Config of(Config config) {
        Upkeep upkeep = config.upkeep();
        return new Config(
                ANY,
                config.policies(),
                config.auth(),
                config.limits(),
                config.ledger(),
                new Upkeep(of(upkeep.admin()), upkeep.events(), upkeep.telemetry()),
                config.providers(),
                config.routes());
    }

    private static Admin of(Admin admin) {
        return admin.listen() == null
                ? admin
                : new Admin(ANY, admin.key(), admin.writes(), admin.written());
    }
}
