package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.cli.http.StalledServer;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void configure() throws IOException {
        configure("listen: {port: 0}\n");
    }

    private void configure(String more) throws IOException {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                more
                        + """
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
        started.forEach(Process::destroyForcibly);
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
        Process process = start("run", "--", "sh", "-c", script);
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

    @Test
    void runsAtOnce_haveAGatewayEach_andLoseNothingWhenAnotherEnds() throws Exception {
        configure(freePorts());
        String meet = "touch met1; while [ ! -e met2 ]; do sleep 0.05; done; ";
        String met = "touch met2; while [ ! -e over ]; do sleep 0.05; done; ";

        Process first = start("first", "--tag", "t1", "--", "sh", "-c", meet + calls("fine"));
        Process second = start("second", "--tag", "t2", "--", "sh", "-c", met + calls("fine"));
        Ended one = ended("first", first);
        Files.createFile(folder.resolve("over"));
        Ended two = ended("second", second);

        assertThat(one.err()).contains("run t1: 1 call in ", "1 complete, 0 not");
        assertThat(two.err()).contains("run t2: 1 call in ", "1 complete, 0 not");
    }

    @Test
    void aServeThatRuns_isUsed() throws Exception {
        configure("listen: {port: 0}\nadmin: {port: 0}\n");
        Files.copy(folder.resolve("ebbgate.yaml"), folder.resolve("serve.yaml"));
        configure(
                "listen: {port: "
                        + portOf(launch("serve", "serve", "--config=serve.yaml"))
                        + "}\n");

        Ended ended = run("--tag", "t1", "--", "sh", "-c", calls("fine"));

        assertThat(ended.err())
                .contains("ebbgate: using the gateway at http://127.0.0.1:")
                .contains("run t1: 1 call in ")
                .contains("; ebbgate audit show ebb-");
    }

    @Test
    void someoneWhoDoesNotAnswer_isSaidAndLeftAlone() throws Exception {
        try (StalledServer silent = StalledServer.saying("")) {
            configure("listen: {port: " + silent.port() + "}\n");

            Ended ended = run("--tag", "t1", "--", "sh", "-c", calls("fine"));

            assertThat(ended.code()).isZero();
            assertThat(ended.err())
                    .contains(
                            "ebbgate: warning: "
                                    + silent.url()
                                    + ": what listens there does not answer within 2s; the"
                                    + " command gets a gateway of its own\n")
                    .contains("run t1: 1 call in ");
        }
    }

    @Test
    void whereNothingIsKept_nobodyIsSentToLookForIt() throws Exception {
        configure("listen: {port: 0}\nledger: off\n");

        Ended ended = run("--", "sh", "-c", calls("fine"));

        assertThat(ended.err()).contains("s on fine\n").doesNotContain("audit show");
    }

    /// Where a `serve` listens, once it does.
    private String portOf(Process serve) throws IOException {
        Path said = folder.resolve("serve.err");
        Pattern listens = Pattern.compile("ebbgate listens on http://127.0.0.1:(\\d+)\\s");
        long since = System.nanoTime();
        while (serve.isAlive() && System.nanoTime() - since < PATIENCE.toNanos()) {
            Matcher found = listens.matcher(Files.readString(said));
            if (found.find()) {
                return found.group(1);
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("it does not listen: " + Files.readString(said));
    }

    /// Ports that are written, both for clients and for operators.
    private static String freePorts() throws IOException {
        try (ServerSocket clients = new ServerSocket(0);
                ServerSocket operators = new ServerSocket(0)) {
            return "listen: {port: %d}\nadmin: {port: %d}\n"
                    .formatted(clients.getLocalPort(), operators.getLocalPort());
        }
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(String... arguments) throws Exception {
        return ended("run", start("run", arguments));
    }

    private Ended ended(String name, Process process) throws Exception {
        try (var in = process.outputWriter()) {
            in.write("input\n");
        }
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(folder.resolve(name + ".err")))
                .isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve(name + ".out"), StandardCharsets.UTF_8),
                Files.readString(folder.resolve(name + ".err"), StandardCharsets.UTF_8));
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        return launch(name, all.toArray(String[]::new));
    }

    private Process launch(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("dev.ebbgate.cli.Main");
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve(name + ".out").toFile())
                        .redirectError(folder.resolve(name + ".err").toFile())
                        .start();
        started.add(process);
        return process;
    }

    private static String calls(String... models) {
        StringBuilder script = new StringBuilder();
        for (String model : models) {
            script.append(CALL.replace("MODEL", model));
        }
        return script.toString();
    }
}
