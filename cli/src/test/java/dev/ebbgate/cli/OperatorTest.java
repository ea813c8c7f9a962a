package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An operator at the commands, beside a gateway that is a process of its own.
class OperatorTest {
    private static final String SECRET = "a-key-that-nobody-may-see";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir private Path folder = Path.of("");
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private @Nullable Process gateway;
    private String address = "";
    private String admin = "";

    @BeforeEach
    void start() throws IOException {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                """
                listen: {port: 0}
                admin: {port: 0, key: operators-own}
                bounds: {stream-idle: [200ms, 1h]}
                providers:
                  sim: {dialect: openai, base-url: "%s/v1", api-key: %s}
                routes:
                  coder: {targets: ["sim/sim:stall"], timeouts: {stream-idle: 5m}}
                """
                        .formatted(simulator.url(), SECRET));
        Process serving = process("serve");
        gateway = serving;
        BufferedReader said = serving.errorReader();
        while (admin.isEmpty()) {
            String line = said.readLine();
            assertThat(line).as("the gateway has ended").isNotNull();
            address = line.startsWith("ebbgate listens on ") ? last(line) : address;
            admin = line.startsWith("ebbgate admin API on ") ? last(line) : admin;
        }
    }

    private static String last(String line) {
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (gateway != null) {
            gateway.destroy();
            assertThat(gateway.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        simulator.close();
    }

    private Process process(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("dev.ebbgate.cli.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put(AdminOption.KEY, "operators-own");
        return builder.start();
    }

    /// A command in this process, against that gateway.
    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--admin=" + admin);
        Map<String, String> environment = Map.of(AdminOption.KEY, "operators-own");
        return Run.in(folder, environment, all.toArray(String[]::new));
    }

    private String ask() throws IOException, InterruptedException {
        String body = "{\"model\": \"coder\", \"stream\": true, \"messages\": []}";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    @DisplayName("O3 O5 update as a process: the next request is under the new limit, told with it")
    void updatedLimit_holdsForTheNextRequest_andIsShownWithItsSource() throws Exception {
        Process update =
                process("route", "update", "coder", "--stream-idle", "300ms", "--admin", admin);
        String shown = new String(update.getInputStream().readAllBytes(), UTF_8);

        assertThat(update.waitFor()).isZero();
        assertThat(shown).contains("300ms", "admin routes.coder.timeouts.stream-idle");
        assertThat(ask()).contains("limit 300ms from admin routes.coder.timeouts.stream-idle");
        assertThat(run("route", "get", "coder").out()).contains("the file has 5m");
        Run check = Run.in(folder, Map.of(), "check");
        assertThat(check.err()).contains("the file's 5m is hidden by the overlay's 300ms");
    }

    @Test
    void set_replacesTheLimits_andReset_bringsTheFileBack() {
        Run set = run("route", "set", "coder", "--timeout", "3600", "--first-token", "25m");
        Run reset = run("inference", "reset", "coder");

        assertThat(set.code()).isZero();
        assertThat(set.out())
                .contains("1h       admin routes.coder.timeouts.request")
                .contains("25m      admin routes.coder.timeouts.first-token")
                .contains("2m       default");
        assertThat(reset.out()).contains("5m       routes.coder.timeouts.stream-idle");
    }

    @Test
    void set_makesARoute_exportPrintsIt_deleteRemovesIt() {
        Run set = run("route", "set", "new", "--target", "sim/a", "--target", "sim/b");
        Run exported = run("route", "export", "new");
        Run deleted = run("route", "delete", "new");

        assertThat(set.code()).isZero();
        assertThat(exported.out())
                .contains("routes:", "\"new\":", "targets: [\"sim/a\",\"sim/b\"]");
        assertThat(deleted.code()).isZero();
        assertThat(run("route", "get", "new").code()).isEqualTo(1);
    }

    @Test
    @DisplayName("O2 zero is refused, with what to write instead")
    void wrongUsage_isToldAndEndsWith2() {
        Run nothing = run("route", "update", "coder");
        Run zero = run("route", "update", "coder", "--chunk-idle-timeout", "0");
        Run ghost = run("route", "set", "ghost");

        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("nothing is named");
        assertThat(ghost.code()).isEqualTo(2);
        assertThat(ghost.err())
                .contains("there is no route ghost; to make it, name at least one --target");
        assertThat(zero.code()).isEqualTo(2);
        assertThat(zero.err()).contains("off, or inherit");
    }

    @Test
    void listsTopReloadAndVerify_answer_andNobodySeesTheKey() {
        Run routes = run("route", "list", "--json");
        Run providers = run("provider", "get", "sim", "--json");
        Run top = run("top", "--once");
        Run reload = run("reload");
        Run verify = run("provider", "verify", "sim", "--model", "sim:unauthorized");
        Run cancel = run("cancel", "ebb-nobody");

        assertThat(routes.out()).startsWith("{").endsWith("}\n");
        assertThat(top.out()).contains("0 in flight");
        assertThat(reload.out()).contains("reloaded");
        assertThat(verify.code()).isEqualTo(1);
        assertThat(verify.out()).contains("credentials");
        assertThat(cancel.code()).isEqualTo(1);
        assertThat(routes.out() + providers.out() + verify.out()).doesNotContain(SECRET);
    }

    @Test
    void noGateway_isSaidClearly() {
        Run run = Run.in(folder, Map.of(), "top", "--once", "--admin=http://127.0.0.1:9");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no gateway answers at http://127.0.0.1:9");
    }
}
