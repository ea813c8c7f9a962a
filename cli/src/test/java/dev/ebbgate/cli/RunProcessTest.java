package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// `run` as a process, with a shell as the command: it calls with curl, as programs call with an
/// SDK that knows a base URL and a key.
class RunProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL =
            "curl -sSN $OPENAI_BASE_URL/chat/completions -H \"authorization: Bearer"
                + " $OPENAI_API_KEY\" -d '{\"model\": \"MODEL\", \"stream\": true, \"messages\":"
                + " []}' >/dev/null; ";

    @TempDir private Path folder = Path.of("");
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                """
                listen: {port: 0}
                bounds: {stream-idle: [100ms, 1h]}
                failover: {retries: 0}
                providers:
                  s: {dialect: openai, base-url: "SIM/v1", api-key: c4nary-key}
                routes:
                  fine:  {targets: ["s/sim:burst"]}
                  moved: {targets: ["s/sim:server-error", "s/sim:burst"]}
                  cut:   {targets: ["s/sim:stall"], timeouts: {stream-idle: 300ms}}
                """
                        .replace("SIM", simulator.url()));
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aCommand_callsThroughTheGatewayAndItsAuditIsTold() throws Exception {
        Ended ended = run("--tag", "t1", "--", "sh", "-c", calls("fine", "moved", "cut"));

        assertThat(ended.code()).isZero();
        assertThat(ended.err())
                .contains("ebbgate: run t1: 3 calls in ")
                .contains("answers   2 complete, 1 not")
                .contains("cut       stream-idle after 300ms (routes.cut.timeouts.stream-idle)")
                .contains("saved     1 call by another target")
                .doesNotContain("c4nary");
    }

    @Test
    void stdinStdoutAndTheExitCode_areTheCommands() throws Exception {
        Ended ended = run("--", "sh", "-c", "read line; echo \"got $line\"; exit 7");

        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.out()).isEqualTo("got input\n");
        assertThat(ended.err()).contains("the command called no model through the gateway");
    }

    @Test
    void aSignal_isHandedOnAndTheCommandDecidesHowItEnds() throws Exception {
        Path ready = folder.resolve("ready");
        String script = "trap 'exit 42' TERM; touch " + ready + "; while :; do sleep 0.05; done";
        Process process = start("--", "sh", "-c", script);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(ready) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
        }

        process.destroy();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(42);
    }

    @Test
    void aCommandThatDoesNotExist_isToldAndIs127() throws Exception {
        Ended ended = run("--", "/nonexistent/program");

        assertThat(ended.code()).isEqualTo(127);
        assertThat(ended.err()).contains("cannot run it").doesNotContain("\tat ");
    }

    @Test
    void optionsOfTheCommand_areNotOurs() throws Exception {
        Ended ended = run("sh", "-c", "echo --tag \"$1\"", "sh", "--tag");

        assertThat(ended.out()).isEqualTo("--tag --tag\n");
    }

    @Test
    void aTagThatNoAddressCanCarry_isWrongUsage() throws Exception {
        assertThat(run("--tag", "a b", "--", "true").code()).isEqualTo(2);
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(String... arguments) throws Exception {
        Process process = start(arguments);
        try (var in = process.outputWriter()) {
            in.write("input\n");
        }
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.ebbgate.cli.Main", "run"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static String calls(String... models) {
        StringBuilder script = new StringBuilder();
        for (String model : models) {
            script.append(CALL.replace("MODEL", model));
        }
        return script.toString();
    }
}
