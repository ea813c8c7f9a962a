package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Bounds;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Limits.Sizes;
import dev.ebbgate.core.config.Limits.Waits;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.policy.Backoff;
import dev.ebbgate.core.policy.BreakerSettings;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.policy.Trigger;
import dev.ebbgate.core.policy.UpstreamForm;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.core.upkeep.EventSettings;
import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.core.upkeep.Telemetry;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tables of docs/configuration.md hold exactly the keys that are read, with the defaults of
/// the records.
class ConfigurationTablesTest {

    private static final String TEXT =
            DocumentsTest.text(
                    Path.of(System.getProperty("ebbgate.root", ".."))
                            .resolve("docs/configuration.md"));
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]+)`)? ?\\| ([^|]+) \\|$");

    @ParameterizedTest(name = "{0}")
    @MethodSource("sections")
    @DisplayName("O4 every default is as documented")
    void table_hasTheDefaultsOfItsRecord(String section, Map<String, String> defaults) {
        assertThat(table(section)).isEqualTo(defaults);
    }

    static Stream<Arguments> sections() {
        return Stream.of(
                Arguments.of("version", Map.of("version", "1")),
                Arguments.of("listen", listen(Listen.DEFAULT, Map.of())),
                Arguments.of("admin", listen(Admin.ADDRESS, Map.of("key", "", "writes", "on"))),
                Arguments.of("timeouts", timeouts()),
                Arguments.of("keep-alive", keepAlive()),
                Arguments.of("bounds", bounds()),
                Arguments.of("failover", failover()),
                Arguments.of("breaker", breaker()),
                Arguments.of("auth", Map.of("keys", "")),
                Arguments.of("ledger", ledger()),
                Arguments.of("events", events()),
                Arguments.of("webhook", webhook()),
                Arguments.of("telemetry", Map.of("otlp", "")),
                Arguments.of("otlp", otlp()),
                Arguments.of("limits", limits()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void key_isReadIfAndOnlyIfDocumented(String section, String yaml) {
        String keys = String.join(", ", new TreeSet<>(table(section).keySet()));

        assertThat(Loading.problems(yaml))
                .anyMatch(line -> line.endsWith("unknown key; write one of " + keys));
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of("providers", "providers: {p: {zzzzzzzz: 1}}"),
                Arguments.of("routes", Loading.PROVIDER + "routes: {r: {zzzzzzzz: 1}}"),
                Arguments.of("breaker", "providers: {p: {breaker: {zzzzzzzz: 1}}}"),
                Arguments.of("events", Loading.PROVIDER + "events: {zzzzzzzz: 1}"),
                Arguments.of("webhook", Loading.PROVIDER + "events: {webhook: {zzzzzzzz: 1}}"),
                Arguments.of("telemetry", Loading.PROVIDER + "telemetry: {zzzzzzzz: 1}"),
                Arguments.of("otlp", Loading.PROVIDER + "telemetry: {otlp: {zzzzzzzz: 1}}"),
                Arguments.of("failover", Loading.PROVIDER + "failover: {zzzzzzzz: 1}"),
                Arguments.of(
                        "failover", Loading.PROVIDER + "routes: {r: {failover: {zzzzzzzz: 1}}}"),
                Arguments.of("limits", Loading.PROVIDER + "limits: {zzzzzzzz: 1}"),
                Arguments.of("ledger", Loading.PROVIDER + "ledger: {zzzzzzzz: 1}"),
                Arguments.of("listen", Loading.PROVIDER + "listen: {zzzzzzzz: 1}"),
                Arguments.of("admin", Loading.PROVIDER + "admin: {zzzzzzzz: 1}"),
                Arguments.of("auth", Loading.PROVIDER + "auth: {zzzzzzzz: 1}"),
                Arguments.of("bounds", Loading.PROVIDER + "bounds: {zzzzzzzz: 1}"),
                Arguments.of("keep-alive", Loading.PROVIDER + "keep-alive: {zzzzzzzz: 1}"));
    }

    @Test
    void everyTopLevelKey_hasItsSection() {
        String problem = Loading.problems(Loading.PROVIDER + "zzzzzzzzzz: 1").get(0);
        String keys = problem.substring(problem.indexOf("one of ") + "one of ".length());

        for (String key : keys.split(", ", -1)) {
            assertThat(TEXT.contains("\n## " + key + "\n") || TEXT.contains("\n| `" + key + "` |"))
                    .as(key)
                    .isTrue();
        }
    }

    private static Map<String, String> listen(Listen address, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put("host", address.host());
        all.put("port", Integer.toString(address.port()));
        return all;
    }

    private static Map<String, String> timeouts() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Limit limit : Limit.values()) {
            all.put(limit.key(), limit.byDefault().toString());
        }
        all.put("timeout", "");
        return all;
    }

    @Test
    @DisplayName("O4 every default of a provider and of a route is as documented")
    void providersAndRoutes_haveTheDefaultsOfTheirRecords() {
        Capacity capacity = Capacity.DEFAULT;

        assertThat(capacity.isUnlimited()).isTrue();
        assertThat(table("providers"))
                .containsEntry("max-in-flight", "off")
                .containsEntry("queue", capacity.queue().value().toString())
                .containsEntry("http-version", HttpVersionChoice.AUTO.key())
                .containsEntry("continuation", ProviderPolicy.DEFAULT.continuation().key());
        assertThat(table("routes"))
                .containsEntry("upstream", UpstreamForm.AS_ASKED.key())
                .containsEntry("consumer-cancels-after", "off");
    }

    private static Map<String, String> failover() {
        Failover failover = Failover.DEFAULT;
        Backoff backoff = failover.backoff();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("when", failover.when().stream().map(Trigger::key).toList().toString());
        all.put("first-token", failover.firstToken().value().toString());
        all.put("retries", Integer.toString(failover.retries()));
        all.put(
                "backoff",
                "{base: %s, max: %s, jitter: %s}"
                        .formatted(backoff.base(), backoff.max(), backoff.jitter().key()));
        all.put("retry-after-max", failover.retryAfterMax().toString());
        all.put("reserve", failover.reserve().toString());
        all.put("mid-stream", failover.midStream().mode().key());
        all.put("hold-max", failover.midStream().holdMax().toString());
        all.put("hedge", failover.hedgeAfter().toString());
        return all;
    }

    private static Map<String, String> breaker() {
        BreakerSettings breaker = BreakerSettings.DEFAULT;
        return Map.of(
                "failures", Integer.toString(breaker.failures()),
                "window", breaker.window().toString(),
                "cooldown", breaker.cooldown().toString(),
                "cooldown-max", breaker.cooldownMax().toString(),
                "last-resort", Integer.toString(breaker.lastResort()));
    }

    private static Map<String, String> keepAlive() {
        KeepAlive keepAlive = KeepAlive.DEFAULT;
        return Map.of(
                "after", keepAlive.after().value().toString(),
                "every", keepAlive.every().value().toString());
    }

    private static Map<String, String> bounds() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Limit limit : Limit.values()) {
            Bounds.Range range = Bounds.DEFAULT.ranges().get(limit);
            all.put(limit.key(), range == null ? "" : "[" + range.min() + ", " + range.max() + "]");
        }
        return all;
    }

    private static Map<String, String> ledger() {
        Retention retention = Retention.DEFAULT;
        String kept =
                "{entries: %s, minutes: %s, hours: %s}"
                        .formatted(retention.entries(), retention.minutes(), retention.hours());
        return Map.of(
                "path",
                LedgerSettings.PATH,
                "url",
                "",
                "user",
                "",
                "password",
                "",
                "retention",
                kept);
    }

    private static Map<String, String> events() {
        EventSettings events = EventSettings.DEFAULT;
        assertThat(events.file()).isNull();
        assertThat(events.webhook()).isNull();
        return Map.of("stdout", events.stdout() ? "on" : "off", "file", "", "webhook", "");
    }

    private static Map<String, String> webhook() {
        EventSettings.Delivery delivery = EventSettings.Delivery.DEFAULT;
        return Map.of(
                "url",
                "",
                "secret",
                "",
                "timeout",
                delivery.timeout().toString(),
                "retry-for",
                delivery.retryFor().toString(),
                "queue",
                Integer.toString(delivery.queue()),
                "ca-file",
                "",
                "proxy",
                "");
    }

    private static Map<String, String> otlp() {
        Telemetry.Sent sent = Telemetry.Sent.DEFAULT;
        return Map.of(
                "endpoint",
                "",
                "headers",
                "",
                "traces",
                sent.traces() ? "on" : "off",
                "metrics",
                sent.metrics() ? "on" : "off",
                "sample",
                Long.toString(Math.round(sent.sample())),
                "every",
                sent.every().toString(),
                "timeout",
                sent.timeout().toString());
    }

    private static Map<String, String> limits() {
        Sizes sizes = Limits.DEFAULT.sizes();
        Waits waits = Limits.DEFAULT.waits();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("request-body", sizes.requestBody().value().toString());
        all.put("event", sizes.event().value().toString());
        all.put("header", sizes.header().value().toString());
        all.put("buffered", sizes.buffered().value().toString());
        all.put("exchanges", sizes.exchanges().value().toString());
        all.put("request-read", waits.requestRead().value().toString());
        all.put("client-stall", waits.clientStall().value().toString());
        all.put("after-finish", waits.afterFinish().value().toString());
        all.put("drain", waits.drain().value().toString());
        return all;
    }

    /// Key → default of all rows in a section; each has a meaning.
    private static Map<String, String> table(String section) {
        int from = TEXT.indexOf("\n## " + section + "\n");
        assertThat(from).as(section).isNotNegative();
        int to = TEXT.indexOf("\n## ", from + 1);
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(TEXT.substring(from, to));
        while (row.find()) {
            assertThat(row.group(3)).isNotBlank();
            rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
        }
        return rows;
    }
}
