package dev.ebbgate.cli;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.gateway.config.AdminPlace;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;

/// Which gateway a command speaks to: `--admin`, else the one that the configuration tells of.
final class AdminOption {
    static final String KEY = "EBBGATE_ADMIN_KEY";

    /// Beside `--timeout`, which is a limit of routes, and of what a provider is asked.
    static final String TIMEOUT = "--admin-timeout";

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description =
                    "The gateway's admin API; its key is taken from EBBGATE_ADMIN_KEY. Without it:"
                            + " as the configuration has it, else http://127.0.0.1:12001.")
    private @Nullable String url;

    @Option(
            names = TIMEOUT,
            paramLabel = "DURATION",
            defaultValue = "90s",
            description =
                    "How long the gateway's answer is waited for; ${DEFAULT-VALUE} if absent.")
    private String timeout = "90s";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin private final ConfigOption config = new ConfigOption();

    AdminClient open(World world) throws CommandFailed {
        return open(world, null);
    }

    /// The same.
    ///
    /// @param atLeast how long what is asked for may take, or null
    AdminClient open(World world, @Nullable Span atLeast) throws CommandFailed {
        Span own = duration(spec, TIMEOUT, timeout);
        Span patience = atLeast != null && atLeast.isLongerThan(own) ? atLeast : own;
        String key = world.environment().getOrDefault(KEY, "");
        if (url != null) {
            return new AdminClient(url, key, patience);
        }
        Admin admin = configured(world);
        Listen listen = admin.listen();
        if (listen == null) {
            throw new CommandFailed(
                    "ebbgate: admin is off in this configuration; name a gateway with --admin URL");
        }
        Secret configured = admin.key();
        return new AdminClient(
                Greeting.address(listen.host(), listen.port()),
                key.isEmpty() && configured != null ? configured.reveal() : key,
                patience);
    }

    /// A duration that ends.
    static Span duration(CommandSpec spec, String option, String text) {
        try {
            Span span = Span.parse(text);
            if (!span.isOff()) {
                return span;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new ParameterException(
                spec.commandLine(), option + ": not a duration; write for example 30s");
    }

    /// What else is wrong in a configuration is the running gateway's affair, not the command's.
    private Admin configured(World world) throws CommandFailed {
        Path file = config.file(world);
        if (file == null) {
            return Admin.DEFAULT;
        }
        return switch (AdminPlace.in(file, world.environment())) {
            case AdminPlace.Found(Admin admin) -> admin;
            case AdminPlace.Unknown(var problems) ->
                    throw new CommandFailed(problems.stream().map(Object::toString).toList())
                            .with(
                                    "a gateway that runs on is reached with --admin URL all the"
                                            + " same");
        };
    }
}
