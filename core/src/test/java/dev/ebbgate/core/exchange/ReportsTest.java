package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Fault;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

    private static final Expiry DRAIN =
            new Expiry(
                    "drain", Span.ofSeconds(600), "limits.drain", Phase.STREAM, 600_200_000_000L);

    private static ErrorReport report(Phase phase, Outcome outcome) {
        Place place = new Place("ebb-1", phase, "vllm/m", 1, 1, 0, false);
        return new Reports(place, true).of(outcome, 1_200_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "header x-ebbgate-deadline,        first-token, before provider responded",
        "header x-stainless-timeout,       connect,     before provider responded",
        "header x-ebbgate-timeout-request, stream,      before provider finished",
    })
    @DisplayName("N2 the time that the client had is nobody else's fault")
    void clientsOwnDeadline_isTheClientsFault(String source, String phase, String when) {
        ErrorReport report = report(phase(phase), fired(Limit.REQUEST, source, phase(phase)));

        assertThat(report.kind().fault()).isEqualTo(Fault.CLIENT);
        assertThat(report.status()).isEqualTo(504);
        assertThat(report.code()).isEqualTo("request");
        assertThat(report.isFinal()).isTrue();
        assertThat(report.cut()).isEqualTo(new Cut("request", "1s", source));
        assertThat(report.message())
                .startsWith("deadline of the client came " + when + ": no complete answer after")
                .contains("(limit 1s from " + source + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST,     timeouts.request,                     provider did not respond: no complete",
        "REQUEST,     default,                              provider did not respond: no complete",
        "FIRST_TOKEN, header x-ebbgate-timeout-first-token, provider did not respond: no token",
    })
    void limitOfAnotherSort_isTheProvidersFault(Limit limit, String source, String message) {
        ErrorReport report = report(Phase.FIRST_TOKEN, fired(limit, source, Phase.FIRST_TOKEN));

        assertThat(report.kind()).isEqualTo(ErrorKind.LIMIT);
        assertThat(report.kind().fault()).isEqualTo(Fault.PROVIDER);
        assertThat(report.message()).startsWith(message);
    }

    @Test
    void answerThatNobodyGoesOnWith_saysWhyNot() {
        Outcome reset = new Outcome.Failed(new Failure.Reset());
        Place place = new Place("ebb-1", Phase.STREAM, "a/m", 1, 2, 3, true);
        Reports reports = new Reports(place, true);

        ErrorReport told = reports.of(reset, 1_200_000_000L, "a tool call has begun");

        assertThat(told.message())
                .isEqualTo(
                        reports.of(reset, 1_200_000_000L).message()
                                + "; not continued: a tool call has begun");
        assertThat(reports.of(reset, 1_200_000_000L, null))
                .isEqualTo(reports.of(reset, 1_200_000_000L));
    }

    @Test
    void shutdown_namesTheBoundThatEndedIt() {
        ErrorReport report =
                report(Phase.STREAM, new Outcome.Cancelled(CancelReason.SHUTDOWN, DRAIN));

        assertThat(report.kind()).isEqualTo(ErrorKind.DRAINING);
        assertThat(report.cut()).isEqualTo(Cut.by(DRAIN));
        assertThat(report.code()).isEqualTo("draining");
        assertThat(report.message())
                .startsWith(
                        "cancelled (shutdown) after 10m0.2s in phase stream"
                                + " (limit 10m from limits.drain); target=");
    }

    @ParameterizedTest
    @CsvSource({
        "101, 502",
        "204, 502",
        "400, 400",
        "418, 418",
        "529, 529",
        "599, 599",
        "600, 502",
        "999, 502",
        "0, 502",
    })
    void providersStatus_isKeptOnlyWhereItIsAnErrors(int status, int told) {
        Failure failure = new Failure.BadStatus(status, true, Meaning.PLAIN, null);

        ErrorReport report = report(Phase.FIRST_TOKEN, new Outcome.Failed(failure));

        assertThat(report.status()).isEqualTo(told);
        assertThat(report.message()).startsWith("provider answered " + status + " after");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 399})
    void redirect_saysWhatToWrite(int status) {
        Failure failure = new Failure.BadStatus(status, false, Meaning.PLAIN, null);

        ErrorReport report = report(Phase.FIRST_TOKEN, new Outcome.Failed(failure));

        assertThat(report.status()).isEqualTo(502);
        assertThat(report.message())
                .startsWith(
                        "provider answered "
                                + status
                                + ", which sends elsewhere; write the address it names as base-url"
                                + " after");
    }

    private static Outcome fired(Limit limit, String source, Phase phase) {
        ResolvedLimit resolved = new ResolvedLimit(limit, Span.ofSeconds(1), source);
        return new Outcome.TimedOut(new Fired(resolved, phase, 1_100_000_000L));
    }

    private static Phase phase(String key) {
        for (Phase phase : Phase.values()) {
            if (phase.key().equals(key)) {
                return phase;
            }
        }
        throw new AssertionError(key);
    }
}
