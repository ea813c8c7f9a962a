package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;

/// What operators can see and change.
class AdminApiTest {

    private static final String CODER = "/routes/coder";
    private static final String IDLE = "{\"timeouts\": {\"stream-idle\": \"300s\"}}";

    @TempDir private Path folder = Path.of("");
    private AdminSite site;

    @BeforeEach
    void open() {
        site = new AdminSite(folder, "writes: on");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private ResolvedLimit idle() {
        var config = site.gateway().config();
        var route = Objects.requireNonNull(config.routes().get("coder"));
        var provider = Objects.requireNonNull(config.providers().get("sim"));
        return Resolver.timeouts(Level.all(config, provider, route)).get(Limit.STREAM_IDLE);
    }

    private String tag() {
        return site.get(CODER).header("etag");
    }

    @Test
    @DisplayName("O3 a changed limit is in force, and shown with its source")
    void patch_isInForceAndNamesItsSource() {
        RawAnswer answer = site.ask("PATCH", CODER, IDLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(idle())
                .hasToString(
                        "ResolvedLimit[limit=STREAM_IDLE, value=5m, source=admin"
                                + " routes.coder.timeouts.stream-idle]");
        assertThat(site.get(CODER).text()).contains("admin routes.coder.timeouts.stream-idle");
        assertThat(site.events())
                .anyMatch(event ->
                        event instanceof Event.Configured changed
                                && changed.how() == Event.How.CHANGED);
    }

    @Test
    void lostRace_isAnswered412_andChangesNothing() {
        String seen = tag();
        site.ask("PATCH", CODER, IDLE);

        RawAnswer late =
                site.ask("PUT", CODER, "{\"targets\": [\"sim/other\"]}", "If-Match: " + seen);

        assertThat(late.status()).isEqualTo(412);
        assertThat(idle().value()).hasToString("5m");
        assertThat(site.get(CODER).text()).doesNotContain("sim/other");
    }

    @Test
    void replacingWithoutHavingSeenIt_isAnswered428() {
        String body = "{\"targets\": [\"sim/other\"]}";

        assertThat(site.ask("PUT", CODER, body).status()).isEqualTo(428);
        assertThat(site.ask("DELETE", CODER, "").status()).isEqualTo(428);
        assertThat(site.ask("PUT", CODER, body, "If-Match: " + tag()).status()).isEqualTo(200);
        assertThat(site.ask("PUT", "/routes/new", body, "If-None-Match: *").status())
                .isEqualTo(200);
        assertThat(site.ask("PUT", "/routes/new", body, "If-None-Match: *").status())
                .isEqualTo(412);
    }

    @Test
    @DisplayName("O6 changes are checked like the file, with the key's path")
    void badChange_isRefusedWithItsKey_andChangesNothing() {
        RawAnswer answer = site.ask("PATCH", CODER, "{\"timeouts\": {\"stream-idle\": \"2s\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("routes.coder.timeouts.stream-idle", "5s to 1h");
        assertThat(idle().source()).isEqualTo("default");
        assertThat(site.ask("PATCH", CODER, "{\"timeout_s\": 3}").text()).contains("unknown key");
        assertThat(site.ask("PATCH", CODER, "[").status()).isEqualTo(400);
        assertThat(site.ask("PATCH", CODER, "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timeouts\": {\"first-token\": \"1m\", \"first-token\": \"2m\"}}",
                "{\"timeouts.stream-idle\": \"3m\"}",
                "{\"failover\": {\"backoff.base\": \"1s\"}}",
                "timeouts: &a {stream-idle: 3m, more: *a}",
                "{timeouts: &a {stream-idle: 3m}, failover: *a}",
            })
    @DisplayName("O6 what stands there twice, as a path or by an alias is refused")
    void doubtfulKeys_areRefused(String body) {
        assertThat(site.ask("PATCH", CODER, body).status()).isEqualTo(400);
        assertThat(site.ask("PUT", CODER, body).status()).isEqualTo(400);
        assertThat(idle().source()).isEqualTo("default");
    }

    private long changesTold() {
        return site.events().stream().filter(Event.Configured.class::isInstance).count();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/routes/ghost, {}, routes.ghost.targets: this key is missing",
                "/routes/ghost, `{\"timeouts\": {\"request\": \"inherit\"}}`, routes.ghost.targets:"
                        + " this key is missing",
                "/routes/ghost, `{\"timeouts\": {\"request\": \"1h\"}}`, routes.ghost.targets: this"
                        + " key is missing",
                "/providers/ghost, {}, providers.ghost.dialect: this key is missing",
                "/routes/made, {}, routes.made.targets: this key is missing",
                "/routes/coder, {}, routes.coder.targets: this key is missing",
            })
    @DisplayName("O6 what lacks all it needs is refused with what is missing, and nothing is kept")
    void replacedByNothing_isRefusedWithWhatIsMissing(String path, String body, String missing) {
        site.ask("PUT", "/routes/made", "{\"targets\": [\"sim/x\"]}", "If-None-Match: *");
        boolean isNew = path.endsWith("ghost");

        RawAnswer answer =
                isNew ? site.ask("PUT", path, body) : site.ask("PUT", path, body, "If-Match: *");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains(missing);
        assertThat(site.steering().now().overlay().revision()).isEqualTo(1);
        assertThat(changesTold()).isEqualTo(1);
        assertThat(site.get(path).status()).isEqualTo(isNew ? 404 : 200);
    }

    @Test
    void changeThatChangesNothing_isNeitherKeptNorTold() {
        site.ask("PATCH", CODER, IDLE);
        RawAnswer shown = site.get(CODER);
        String settings = shown.json().get("settings").toString();
        String seen = "If-Match: " + shown.header("etag");

        RawAnswer patched = site.ask("PATCH", CODER, IDLE);
        RawAnswer put = site.ask("PUT", CODER, settings, seen);

        assertThat(patched.status()).isEqualTo(200);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.text()).isEqualTo(shown.text());
        assertThat(site.steering().now().overlay().revision()).isEqualTo(1);
        assertThat(changesTold()).isEqualTo(1);
    }

    @Test
    void valueThatIsSetAside_isRefusedWhenItIsAskedForAgain() {
        site.ask("PATCH", CODER, IDLE);
        site.write("", "writes: on}\nbounds: {stream-idle: [1s, 60s]");
        site.ask("POST", "/reload", "");

        RawAnswer again = site.ask("PATCH", CODER, IDLE);

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("routes.coder.timeouts.stream-idle");
    }

    @Test
    void requestWithoutHost_is400() {
        try (RawClient client = new RawClient(site.port())) {
            RawAnswer answer = client.send("GET /routes HTTP/1.1\r\n\r\n").answer();

            assertThat(answer.status()).isEqualTo(400);
        }
    }

    @Test
    void deletedRouteOfTheFile_isGone_andComesBackWithReset() {
        int deleted = site.ask("DELETE", CODER, "", "If-Match: " + tag()).status();
        int gone = site.get(CODER).status();
        assertThat(site.get(CODER).text()).contains("an operator deleted it");
        assertThat(site.get("/routes").json().get("deleted").toString()).contains("coder");
        int reset = site.ask("DELETE", "/overlay/routes/coder", "").status();

        assertThat(deleted).isEqualTo(200);
        assertThat(gone).isEqualTo(404);
        assertThat(reset).isEqualTo(200);
        assertThat(site.get(CODER).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("what GET shows can be put back: a secret that is not shown stays as it is")
    void secretThatComesBackAsItWasShown_staysAsItIs() {
        String own = "/providers/own";
        site.ask(
                "PUT",
                own,
                """
                {"dialect": "openai", "base-url": "http://127.0.0.1:9/v1", "api-key": "own-key",
                 "headers": {"x-team": "own-team"}}\
                """,
                "If-None-Match: *");
        RawAnswer shown = site.get(own);
        assertThat(shown.text()).doesNotContain("own-key", "own-team");

        String settings = shown.json().get("settings").toString();
        int put = site.ask("PUT", own, settings, "If-Match: " + shown.header("etag")).status();
        int patched = site.ask("PATCH", own, "{\"api-key\": \"***\"}").status();

        assertThat(put).isEqualTo(200);
        assertThat(patched).isEqualTo(200);
        Provider provider = Objects.requireNonNull(site.gateway().config().providers().get("own"));
        assertThat(((ApiKey.Fixed) provider.apiKey()).keys())
                .extracting(Secret::reveal)
                .containsExactly("own-key");
        assertThat(provider.headers().get("x-team"))
                .extracting(Secret::reveal)
                .isEqualTo("own-team");
    }

    @Test
    void secretThatIsNotThere_cannotStay() {
        RawAnswer answer = site.ask("PATCH", "/providers/sim", "{\"api-keys\": \"***\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("api-keys: *** stands for a secret");
    }

    @Test
    void nameThatCannotBeAskedFor_isRefused() {
        String body = "{\"targets\": [\"sim/other\"]}";

        assertThat(site.ask("PUT", "/routes/%20", body, "If-None-Match: *").status())
                .isEqualTo(400);
        assertThat(site.ask("PUT", "/routes/a%1Bb", body, "If-None-Match: *").status())
                .isEqualTo(400);
    }

    @Test
    void bodyThatIsTooLong_isAnsweredOnce() {
        assertThat(site.ask("PATCH", CODER, "x".repeat(3_000_000)).status()).isEqualTo(413);
    }

    @Test
    void providerThatIsStillAsked_cannotBeDeleted() {
        String seen = site.get("/providers/sim").header("etag");

        RawAnswer answer = site.ask("DELETE", "/providers/sim", "", "If-Match: " + seen);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(site.get("/providers/sim").status()).isEqualTo(200);
    }

    @Test
    void changeOfTheFile_isReadAgain_andABadOneIsNot() {
        site.write(", timeouts: {stream-idle: 90s}", "writes: on");
        int good = site.ask("POST", "/reload", "").status();
        ResolvedLimit ofFile = idle();
        site.write(", timeouts: {stream-idle: never}", "writes: on");
        RawAnswer bad = site.ask("POST", "/reload", "");

        assertThat(good).isEqualTo(200);
        assertThat(ofFile.value()).hasToString("1m30s");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.text()).contains("routes.coder.timeouts.stream-idle");
        assertThat(idle()).isEqualTo(ofFile);
    }

    @Test
    void watchedFile_isFollowed() {
        site.steering().watch();

        site.write(", timeouts: {stream-idle: 91s}", "writes: on");

        long start = System.nanoTime();
        while (!idle().value().toString().equals("1m31s")) {
            assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(15).toNanos());
            Thread.onSpinWait();
        }
    }

    @Test
    void hiddenValueOfTheFile_isNamedByReload() {
        site.ask("PATCH", CODER, IDLE);
        site.write(", timeouts: {stream-idle: 90s}", "writes: on");

        String remarks = site.ask("POST", "/reload", "").text();

        assertThat(remarks).contains("the file's 90s is hidden by the overlay's 300s");
        assertThat(idle().value()).hasToString("5m");
    }

    @Test
    void secrets_areInNoAnswerAndTheOverlayIsTheOwnersAlone() throws Exception {
        String other = "another-key-that-nobody-may-see";
        site.ask("PATCH", "/providers/sim", "{\"api-key\": \"" + other + "\"}");

        for (String path : new String[] {"/providers", "/providers/sim", "/overlay", "/health"}) {
            assertThat(site.get(path).text()).doesNotContain(other, AdminSite.KEY);
        }
        assertThat(site.events().toString()).doesNotContain(other, AdminSite.KEY);
        Path overlay = folder.resolve(".ebbgate/overlay.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(overlay)))
                .isEqualTo("rw-------");
    }

    @Test
    void variableInWhatIsShown_isRefused() {
        RawAnswer answer =
                site.ask("PATCH", "/providers/sim", "{\"base-url\": \"http://x/${HOME}\"}");

        assertThat(answer.status()).isEqualTo(422);
    }

    @Test
    @DisplayName("without a key, neither DNS rebinding nor a foreign page gets in")
    void foreignHostOrOrigin_isTurnedAway() {
        assertThat(site.get("/health", "Host: rebound.example").status()).isEqualTo(403);
        assertThat(site.get("/health", "Origin: http://evil.example").status()).isEqualTo(403);
        assertThat(site.ask("POST", "/reload", "", "Origin: null").status()).isEqualTo(403);
        assertThat(site.get("/health").status()).isEqualTo(200);
    }

    @Test
    void unknownPathOrMethod_isSaid() {
        assertThat(site.get("/nowhere").status()).isEqualTo(404);
        assertThat(site.ask("POST", CODER, "").status()).isEqualTo(405);
        assertThat(site.get("/in-flight?limit=0").status()).isEqualTo(400);
        assertThat(site.ask("DELETE", "/in-flight/ebb-none", "").status()).isEqualTo(404);
    }

    @Test
    void bodyBeyondItsBound_isRefused() {
        assertThat(site.ask("PATCH", CODER, "x".repeat(1024 * 1024 + 1)).status()).isEqualTo(413);
    }

    @Test
    void provider_isVerifiedByAskingIt() {
        String found = site.ask("POST", "/providers/sim/verify", "").text();
        String refused =
                site.ask("POST", "/providers/sim/verify?model=sim:unauthorized", "").text();
        String busy = site.ask("POST", "/providers/sim/verify?model=sim:rate-limited", "").text();

        assertThat(found).contains("\"ok\":true");
        assertThat(refused).contains("\"kind\":\"credentials\"").doesNotContain(AdminSite.KEY);
        assertThat(busy).contains("\"kind\":\"rate-limit\"");
    }
}
