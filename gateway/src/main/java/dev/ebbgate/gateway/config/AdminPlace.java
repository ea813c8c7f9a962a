package dev.ebbgate.gateway.config;

import dev.ebbgate.core.upkeep.Admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where operators reach the gateway that a file is of, whatever else is wrong in it: the one that
/// runs was started when it was right.
public final class AdminPlace {

    private AdminPlace() {}

    /// What a file says of that.
    public sealed interface Result {}

    /// It says where.
    public record Found(Admin admin) implements Result {}

    /// It cannot be read, or does not say; all that is wrong with it, never empty.
    public record Unknown(List<Problem> problems) implements Result {}

    public static Result in(Path file, Map<String, String> environment) {
        return switch (ConfigLoader.text(file)) {
            case ConfigLoader.Text(String text) -> in(file.toString(), text, environment);
            case ConfigLoader.Unreadable(Problem problem) -> new Unknown(List.of(problem));
        };
    }

    private static Result in(String name, String text, Map<String, String> environment) {
        Reading reading = new Reading(name, environment);
        Admin admin =
                ConfigLoader.compose(reading, text)
                        .map(root -> new ConfigReader(reading, environment).admin(root))
                        .orElse(null);
        if (admin != null) {
            return new Found(admin);
        }
        return reading.isRefused() ? new Unknown(reading.refusals()) : new Found(Admin.DEFAULT);
    }
}
