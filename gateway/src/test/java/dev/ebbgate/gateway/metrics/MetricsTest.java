package dev.ebbgate.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.health.Bulletin;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.gateway.config.ConfigLoader;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class MetricsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Outcome GOOD = new Outcome.Completed(false);

    private final Metrics metrics = new Metrics();

    @Test
    void answer_isTimedFromTheClientsSideAndFromTheProviders() {
        metrics.record(entry(GOOD, 200 * SECOND, tried("vllm/m", GOOD, 1, 160)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "gen_ai_server_request_duration_seconds_sum", "coder"))
                .endsWith(" 200.0");
        assertThat(line(scraped, "gen_ai_server_time_to_first_token_seconds_sum", "coder"))
                .endsWith(" 160.0");
        assertThat(line(scraped, "gen_ai_client_operation_duration_seconds_sum", "vllm/m"))
                .endsWith(" 199.0");
        assertThat(line(scraped, "gen_ai_client_token_usage_tokens_sum", "input"))
                .endsWith(" 1000.0");
    }

    @Test
    @DisplayName("clients that name models without end hide none that the operator wrote")
    void namesOfTheConfiguration_areKept() {
        Config config = config();
        metrics.follow(() -> config);
        for (int i = 0; i < 300; i++) {
            metrics.record(entry(GOOD, SECOND, tried("vllm/random-" + i, GOOD, 1, 1)));
        }
        metrics.record(entry(GOOD, SECOND, tried("vllm/own", GOOD, 1, 1)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "gen_ai_client_operation_duration_seconds_count", "vllm/own"))
                .endsWith(" 1");
        assertThat(line(scraped, "gen_ai_client_operation_duration_seconds_count", "\"other\""))
                .endsWith(" 100");
    }

    private static Config config() {
        String yaml =
                """
                providers:
                  vllm: {dialect: openai, base-url: "http://127.0.0.1:9/v1"}
                routes:
                  coder: {targets: [vllm/own]}
                """;
        return switch (ConfigLoader.parse("test", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config loaded, _) -> loaded;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    @DisplayName("C4: what consumers give up on is not lost behind the last bucket")
    void callOfElevenMinutes_isInABucketBelowTheLast() {
        metrics.record(entry(GOOD, 650 * SECOND, tried("vllm/m", GOOD, 1, 640)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "gen_ai_server_request_duration_seconds_bucket", "le=\"600.0\""))
                .endsWith(" 0");
        assertThat(line(scraped, "gen_ai_server_request_duration_seconds_bucket", "le=\"660.0\""))
                .endsWith(" 1");
        assertThat(scraped).contains("le=\"3600.0\"");
    }

    @Test
    @DisplayName("O5: a limit that fired is counted with its phase and its source")
    void limitThatFired_isCountedOnceWithPhaseAndSource() {
        Fired fired =
                new Fired(
                        new ResolvedLimit(
                                Limit.STREAM_IDLE,
                                Span.ofSeconds(120),
                                "routes.coder.timeouts.stream-idle"),
                        Phase.STREAM,
                        120 * SECOND + 2_000_000);
        Outcome late = new Outcome.TimedOut(fired);
        metrics.record(entry(late, 130 * SECOND, tried("vllm/m", late, 1, 5)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "ebbgate_limits_fired_total", "stream-idle"))
                .contains("phase=\"stream\"", "source=\"routes.coder.timeouts.stream-idle\"")
                .endsWith(" 1.0");
        assertThat(line(scraped, "ebbgate_limit_lateness_seconds_sum", "stream-idle"))
                .endsWith(" 0.002");
    }

    @Test
    void limitOfTheWhole_isCountedBesideThoseOfItsAttempts() {
        Fired fired =
                new Fired(ResolvedLimit.byDefault(Limit.REQUEST), Phase.BACKOFF, 3600 * SECOND);
        Outcome reset = new Outcome.Failed(new Failure.Reset());
        metrics.record(
                entry(new Outcome.TimedOut(fired), 3600 * SECOND, tried("vllm/m", reset, 1, 5)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "ebbgate_limits_fired_total", "request")).endsWith(" 1.0");
        assertThat(line(scraped, "gen_ai_client_operation_duration_seconds_count", "vllm/m"))
                .contains("error_type=\"reset\"");
    }

    @ParameterizedTest
    @CsvSource({"client-stall, STREAM", "drain, BACKOFF", "queue, QUEUE"})
    @DisplayName("waits of the gateway's own are limits like the others")
    void waitOfTheGateway_isCountedOnceAndAsLate(String limit, Phase phase) {
        Expiry expiry = new Expiry(limit, Span.ofSeconds(10), "default", phase, 10_500_000_000L);
        Outcome late =
                phase == Phase.QUEUE
                        ? new Outcome.Failed(new Failure.Crowded(expiry))
                        : new Outcome.Cancelled(CancelReason.SHUTDOWN, expiry);
        metrics.record(entry(late, 20 * SECOND, tried("vllm/m", late, 1, 5)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "ebbgate_limits_fired_total", limit))
                .contains("phase=\"" + phase.key() + "\"", "source=\"default\"")
                .endsWith(" 1.0");
        assertThat(line(scraped, "ebbgate_limit_lateness_seconds_sum", limit)).endsWith(" 0.5");
    }

    @Test
    @DisplayName("what broke the answer is counted at the attempt that broke, whoever was last")
    void outcomeOfAnEarlierAttempt_isCountedOnce() {
        Outcome idle =
                new Outcome.TimedOut(
                        new Fired(
                                ResolvedLimit.byDefault(Limit.STREAM_IDLE),
                                Phase.STREAM,
                                120 * SECOND));
        Outcome reset = new Outcome.Failed(new Failure.Reset());
        metrics.record(
                entry(
                        idle,
                        130 * SECOND,
                        tried("vllm/m", idle, 1, 5),
                        tried("vllm/n", reset, 121, Deadline.NEVER)));

        assertThat(line(metrics.scrape(), "ebbgate_limits_fired_total", "stream-idle"))
                .endsWith(" 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "302, 302",
        "400, 400",
        "429, 429",
        "451, 451",
        "503, 503",
        "511, 511",
        "444, 444",
        "499, 499",
        "520, 520",
        "529, 529",
        "530, 530",
        "598, 598",
        "399, 3xx",
        "420, 4xx",
        "459, 4xx",
        "512, 5xx",
        "519, 5xx",
        "577, 5xx",
        "600, other"
    })
    @DisplayName("a status is its number where that is known; a provider invents no label")
    void statusOfAProvider_isItsNumberOrItsClass(int status, String label) {
        Failure refused = new Failure.BadStatus(status, true, Meaning.PLAIN, null);
        Failure inside = new Failure.StreamError(status, Meaning.PLAIN);

        assertThat(ErrorType.of(new Outcome.Failed(refused))).isEqualTo(label);
        assertThat(ErrorType.of(new Outcome.Failed(inside))).isEqualTo("stream-error " + label);
    }

    @Test
    void modelsBeyondTheBound_shareOneName() {
        IntStream.range(0, 300)
                .forEach(i -> metrics.record(entry(GOOD, SECOND, tried("vllm/m" + i, GOOD, 0, 1))));

        long names =
                metrics.scrape()
                        .lines()
                        .filter(l -> l.startsWith("gen_ai_client_operation_duration_seconds_count"))
                        .count();

        assertThat(names).isEqualTo(201);
        assertThat(
                        line(
                                metrics.scrape(),
                                "gen_ai_client_operation_duration_seconds_count",
                                "other"))
                .endsWith(" 100");
    }

    @Test
    void attemptWithoutAnswer_isTimedWithoutAFirstToken() {
        Outcome gone = new Outcome.Cancelled(CancelReason.CLIENT_GONE);
        metrics.record(entry(gone, 3 * SECOND, tried("vllm/m", gone, 1, Deadline.NEVER)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "gen_ai_client_operation_duration_seconds_count", "vllm/m"))
                .endsWith(" 1");
        assertThat(line(scraped, "gen_ai_client_operation_time_to_first_chunk_seconds_count", ""))
                .endsWith(" 0");
    }

    @Test
    void healthOfTargets_isLookedUpForEachScrape() {
        metrics.targets(
                () -> Stream.of(new Bulletin("vllm/m", Bulletin.Condition.OPEN, 0, 3, 2, 7)));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "ebbgate_breaker_state", "vllm/m")).endsWith(" 2.0");
        assertThat(line(scraped, "ebbgate_target_in_flight", "vllm/m")).endsWith(" 3.0");
        assertThat(line(scraped, "ebbgate_target_waiting", "vllm/m")).endsWith(" 2.0");
        assertThat(line(scraped, "ebbgate_retry_budget_left", "vllm/m")).endsWith(" 7.0");
    }

    @Test
    void eventsThatNoEntryShows_areCounted() {
        metrics.tell(new Event.KeyRests("openai", 2, true, Span.ofSeconds(60)));
        metrics.tell(new Event.Lost("entries of the ledger", 12, "disk full"));

        String scraped = metrics.scrape();

        assertThat(line(scraped, "ebbgate_keys_rested_total", "openai"))
                .contains("why=\"refused\"")
                .endsWith(" 1.0");
        assertThat(line(scraped, "ebbgate_lost_total", "entries of the ledger")).endsWith(" 12.0");
    }

    /// The one line of this meter that says this.
    private static String line(String scraped, String meter, String says) {
        List<String> found =
                scraped.lines().filter(l -> l.startsWith(meter + "{") && l.contains(says)).toList();
        assertThat(found).as("%s … %s in%n%s", meter, says, scraped).hasSize(1);
        return found.getFirst();
    }

    private static Entry entry(Outcome outcome, long totalNanos, Entry.Tried... attempts) {
        return new Entry(
                "ebb-1",
                0,
                new Entry.Asked(
                        "/v1/chat/completions", Dialect.OPENAI, "coder", "coder", true, false, 10),
                List.of(attempts),
                outcome,
                new Entry.Told(200, false, false, 100, 10, 0),
                new Entry.Client(null, null, null),
                totalNanos);
    }

    /// An attempt that ends a second before its exchange would, or 200 s after the arrival.
    private static Entry.Tried tried(
            String target, Outcome outcome, long start, long firstTokenSeconds) {
        long first =
                firstTokenSeconds == Deadline.NEVER ? Deadline.NEVER : firstTokenSeconds * SECOND;
        long over = Math.max(200 * SECOND, first == Deadline.NEVER ? 0 : first + SECOND);
        Waits waits = new Waits(0, start * SECOND, start * SECOND, first, first, 0, over);
        return new Entry.Tried(
                target, outcome, Phase.STREAM, waits, new Answered(200, "m", 1000, 11, 100));
    }
}
