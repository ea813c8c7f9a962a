package dev.ebbgate.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The programs of a run by absolute path, as the script found them; an empty path means "not
/// there".
///
/// @param before another checkout of Ebbgate, to be compared with this one
record Tools(
        String ebbgate,
        String before,
        String nginx,
        String node,
        String portkey,
        String portkeyVersion) {
    /// The tools named by the script's variables.
    static Tools from(Map<String, String> environment) {
        return new Tools(
                environment.getOrDefault("BENCH_EBBGATE", ""),
                environment.getOrDefault("BENCH_BEFORE", ""),
                environment.getOrDefault("BENCH_NGINX", ""),
                environment.getOrDefault("BENCH_NODE", ""),
                environment.getOrDefault("BENCH_PORTKEY", ""),
                environment.getOrDefault("BENCH_PORTKEY_VERSION", ""));
    }

    /// What each of them says its version is, in one line.
    String versions() throws IOException {
        List<String> versions = new ArrayList<>();
        if (!ebbgate.isEmpty()) {
            versions.add(firstLine(ebbgate, "--version"));
        }
        if (!nginx.isEmpty()) {
            versions.add(firstLine(nginx, "-v").replace("nginx version: ", ""));
        }
        if (!portkey.isEmpty()) {
            versions.add("Portkey " + portkeyVersion + " on Node " + firstLine(node, "-v"));
        }
        versions.add("JDK " + Runtime.version());
        return String.join(", ", versions);
    }

    private static String firstLine(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader(UTF_8)) {
            String line = output.readLine();
            return line == null ? "unknown" : line.strip();
        }
    }
}
