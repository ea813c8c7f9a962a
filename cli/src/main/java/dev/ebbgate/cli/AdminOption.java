package dev.ebbgate.cli;

import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.Admin;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which gateway a command speaks to: `--admin`, else the one that the configuration tells of.
final class AdminOption {
    static final String KEY = "EBBGATE_ADMIN_KEY";

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description =
                    "The gateway's admin API; its key is taken from EBBGATE_ADMIN_KEY. Without it:"
                            + " as the configuration has it, else http://127.0.0.1:12001.")
    private @Nullable String url;

    @Mixin private final ConfigOption config = new ConfigOption();

    AdminClient open(World world) throws CommandFailed {
        String key = world.environment().getOrDefault(KEY, "");
        if (url != null) {
            return new AdminClient(url, key);
        }
        Admin admin = configured(world);
        Listen listen = admin.listen();
        if (listen == null) {
            throw new CommandFailed(
                    "ebbgate: admin is off in this configuration; name a gateway with --admin URL");
        }
        Secret own = admin.key();
        return new AdminClient(
                Greeting.address(listen.host(), listen.port()),
                key.isEmpty() && own != null ? own.reveal() : key);
    }

    /// A configuration that cannot be read is the running gateway's affair, not the command's.
    private Admin configured(World world) throws CommandFailed {
        if (config.isNamed()) {
            return config.load(world).config().upkeep().admin();
        }
        try {
            return config.load(world).config().upkeep().admin();
        } catch (CommandFailed _) {
            return Admin.DEFAULT;
        }
    }
}
