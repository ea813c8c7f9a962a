package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// `serve` and `audit` as processes: what one records, the other tells, while it runs and after.
class AuditProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "c4nary-key";
    private static final String PROMPT = "c4nary prompt";

    @TempDir private Path folder = Path.of("");
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                """
                listen: {port: 0}
                failover: {retries: 0}
                auth: {keys: {agents: "%1$s"}}
                events: {stdout: on, file: events.jsonl}
                providers:
                  s: {dialect: openai, base-url: "%2$s/v1", api-key: "%1$s-upstream"}
                routes:
                  fine:  {targets: ["s/sim:burst"]}
                  moved: {targets: ["s/sim:server-error", "s/sim:burst"]}
                  hung:  {targets: ["s/sim:hang-headers"], timeouts: {first-token: 400ms}}
                """
                        .formatted(KEY, simulator.url()));
    }

    @AfterEach
    void close() {
        client.close();
        simulator.close();
    }

    private HttpResponse<String> ask(String url, String model) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                        .header("authorization", "Bearer " + KEY)
                        .header("x-ebbgate-tag", "nightly")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        new JsonObject()
                                                .put("model", model)
                                                .put("stream", true)
                                                .put("messages", List.of())
                                                .put("user", PROMPT)
                                                .encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String id(HttpResponse<String> response) {
        return response.headers().firstValue("x-ebbgate-id").orElseThrow();
    }

    @Test
    @DisplayName("C4 what serve records is told by audit, while it runs and after a kill -9")
    void whatServeRecords_isToldWhileItRunsAndAfter() throws Exception {
        Process serve = start("serve", "serve");
        String url = listening();
        ask(url, "fine");
        String moved = id(ask(url, "moved"));
        String hung = id(ask(url, "hung"));

        JsonObject running = told(4);
        serve.destroyForcibly().waitFor();
        JsonObject after = told(4);

        assertThat(after.getJsonArray("rows")).isEqualTo(running.getJsonArray("rows"));
        assertFields(after);
        assertThat(run("audit", "--cliff", "500ms").out())
                .contains("warning: sim:hang-headers", "% of the way to the cliff")
                .contains("nearest rank", "cliff 0.500s (--cliff)");
        assertThat(run("audit").out()).contains("cliff 660s (default)");
        assertThat(run("audit", "--by", "tag").out()).contains("nightly");
        assertThat(run("audit", "--csv").out())
                .startsWith("model,n,hangs_ge_120s,p50_s,p90_s,max_s,");
        assertShown(moved, hung);
        assertNoCanary();
    }

    /// Asks until so many attempts are told: entries are half a second on their way.
    private JsonObject told(long attempts) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Ended ended = run("audit", "--json");
            if (ended.code() == 0) {
                JsonObject told = new JsonObject(ended.out());
                long n =
                        told.getJsonArray("rows").stream()
                                .mapToLong(row -> ((JsonObject) row).getLong("n"))
                                .sum();
                if (n == attempts) {
                    return told;
                }
            }
            assertThat(System.nanoTime()).as(ended.toString()).isLessThan(end);
        }
    }

    private static void assertFields(JsonObject told) {
        assertThat(told.fieldNames())
                .containsExactly("since", "until", "cliff_s", "hang_s", "rows");
        assertThat(told.getDouble("cliff_s")).isEqualTo(660);
        JsonObject hung = told.getJsonArray("rows").getJsonObject(1);
        assertThat(hung.fieldNames())
                .containsExactly(
                        "model",
                        "n",
                        "ok",
                        "failed_over",
                        "hangs",
                        "p50_s",
                        "p90_s",
                        "p99_s",
                        "max_s",
                        "first_token_p50_s",
                        "first_token_p99_s",
                        "cliff_distance_s",
                        "at_least",
                        "warning");
        assertThat(hung.getString("model")).isEqualTo("sim:hang-headers");
        assertThat(hung.getBoolean("at_least")).isTrue();
        assertThat(hung.getDouble("max_s")).isBetween(0.4, 60.0);
        assertThat(hung.getLong("ok")).isZero();
    }

    private void assertShown(String moved, String hung) throws Exception {
        String failover = run("audit", "show", moved).out();
        assertThat(failover)
                .contains("attempt 1: s/sim:server-error", "failed, status 500")
                .contains("attempt 2: s/sim:burst, the next target, after status 500")
                .contains("completed", "tag nightly", "key agents");
        assertThat(run("audit", "show", hung).out())
                .contains("limit first-token 400ms from")
                .contains("routes.hung.timeouts.first-token");
        assertThat(failover.lines()).allMatch(line -> line.length() <= 80);
        Ended unknown = run("audit", "show", "ebb-nothing");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("no exchange of that id").contains(hung);
        Ended misread = run("audit", "show", hung.substring(0, hung.length() - 2) + "uu");
        assertThat(misread.code()).isEqualTo(1);
        assertThat(misread.err()).contains("did you mean " + hung + "?");
    }

    /// In the ledger, the lines, the log with its exceptions, the events, and what the provider
    /// wrote down.
    private void assertNoCanary() throws IOException {
        assertThat(folder.resolve("events.jsonl")).isNotEmptyFile();
        assertThat(simulator.journal().entries())
                .isNotEmpty()
                .allMatch(entry -> !entry.toString().contains("c4nary"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("ebbgate.yaml")) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("c4nary");
                }
            }
        }
    }

    @Test
    void noLedgerYet_isSaidInOneLine() throws Exception {
        Ended ended = run("audit");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("there is no ledger yet").doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void ledgerThatIsOff_isSaidInOneLine() throws Exception {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                Files.readString(folder.resolve("ebbgate.yaml")) + "ledger: off\n");

        Ended ended = run("audit");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("ledger: off");
    }

    @Test
    void ledgerThatCannotBeWritten_isNoObstacleToServe() throws Exception {
        Files.writeString(
                folder.resolve("ebbgate.yaml"),
                Files.readString(folder.resolve("ebbgate.yaml"))
                        + "ledger: {path: ebbgate.yaml/ledger.db}\n");
        Process serve = start("serve", "serve");
        String url = listening();

        for (int i = 0; i < 5; i++) {
            assertThat(ask(url, "fine").body()).contains("[DONE]");
        }
        serve.destroy();
        serve.waitFor();

        assertThat(serve.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("serve.out")).lines())
                .filteredOn(line -> line.contains("\"total_ms\""))
                .hasSize(5);
        assertThat(Files.readString(folder.resolve("serve.err")))
                .contains("the ledger cannot be written")
                .contains("not recorded");
    }

    @Test
    void wrongUsage_isTwo() throws Exception {
        assertThat(run("audit", "--since", "soon").code()).isEqualTo(2);
        assertThat(run("audit", "--by", "day").code()).isEqualTo(2);
        assertThat(run("audit", "--json", "--csv").code()).isEqualTo(2);
        assertThat(run("audit", "--cliff", "off").code()).isEqualTo(2);
        assertThat(run("audit", "show").code()).isEqualTo(2);
    }

    private String listening() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String word = "ebbgate listens on ";
        while (true) {
            String err = Files.readString(folder.resolve("serve.err"));
            for (String line : err.lines().toList()) {
                if (line.startsWith(word)) {
                    return line.substring(word.length());
                }
            }
            assertThat(System.nanoTime()).as(err).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(String... arguments) throws Exception {
        Process process = start("run", arguments);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("run.out")),
                Files.readString(folder.resolve("run.err")));
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("dev.ebbgate.cli.Main");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }
}
