package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;

import java.util.ArrayList;
import java.util.List;

/// What a gateway says when it listens: the lines that make the official clients use it.
final class Greeting {
    private Greeting() {}

    static List<String> lines(Config config, int port) {
        String address = address(config.listen().host(), port);
        List<String> lines = new ArrayList<>();
        lines.add("ebbgate listens on " + address);
        if (speaks(config, Dialect.OPENAI)) {
            lines.add("export OPENAI_BASE_URL=" + address + "/v1");
        }
        if (speaks(config, Dialect.ANTHROPIC)) {
            lines.add("export ANTHROPIC_BASE_URL=" + address);
        }
        return lines;
    }

    static String address(String host, int port) {
        return "http://" + reachable(host) + ":" + port;
    }

    private static boolean speaks(Config config, Dialect dialect) {
        return config.providers().values().stream().anyMatch(p -> p.dialect() == dialect);
    }

    /// An address one can connect to: "all interfaces" is none.
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
