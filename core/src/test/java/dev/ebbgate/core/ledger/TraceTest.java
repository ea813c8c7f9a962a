package dev.ebbgate.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Objects;
import java.util.stream.IntStream;

class TraceTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENTS = "00-" + ID + "-00f067aa0ba902b7-01";

    @Test
    void traceOfAClient_goesOnWithASpanOfOurs() {
        Trace trace = of(CLIENTS);

        assertThat(trace.id()).isEqualTo(ID);
        assertThat(trace.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(trace.sampled()).isTrue();
        assertThat(trace.spanId()).isEqualTo("0000000000000007");
        assertThat(trace.traceparent(1)).isEqualTo("00-" + ID + "-" + trace.spanId(1) + "-01");
    }

    @Test
    void spansOfAttempts_differFromEachOtherAndFollowFromTheExchanges() {
        Trace trace = of(CLIENTS);

        assertThat(IntStream.rangeClosed(1, 1000).mapToObj(trace::spanId))
                .doesNotHaveDuplicates()
                .doesNotContain(trace.spanId(), "0000000000000000")
                .allMatch(span -> span.matches("[0-9a-f]{16}"));
        assertThat(of(CLIENTS).spanId(2)).isEqualTo(trace.spanId(2));
    }

    @Test
    void traceThatIsNotKept_isPassedOnAsSuch() {
        Trace trace = of("00-" + ID + "-00f067aa0ba902b7-00");

        assertThat(trace.sampled()).isFalse();
        assertThat(trace.traceparent(1)).endsWith("-00");
    }

    @Test
    void laterVersion_isReadAsFarAsItIsKnown() {
        assertThat(of("cc-" + ID + "-00f067aa0ba902b7-0b-more").traceparent(1))
                .startsWith("00-" + ID)
                .endsWith("-03");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"
            })
    void whatIsNoTraceparent_beginsNoTrace(String text) {
        assertThat(Trace.of(text, 7)).isNull();
    }

    @Test
    void absentHeader_isNoTrace() {
        assertThat(Trace.of(null, 7)).isNull();
    }

    @Test
    void traceThatBeginsHere_isKeptByTheShareThatIsWanted() {
        assertThat(Trace.root(1, -1, 3, 1).sampled()).isTrue();
        assertThat(Trace.root(1, 0, 3, 0).sampled()).isFalse();
        assertThat(Trace.root(1, 1L << 62, 3, 0.3).sampled()).isTrue();
        assertThat(Trace.root(1, 1L << 63, 3, 0.3).sampled()).isFalse();
        assertThat(Trace.root(1, 2, 3, 1).parent()).isNull();
    }

    @Test
    void chanceThatIsNought_isStillATrace() {
        Trace trace = Trace.root(0, 0, 0, 1);

        assertThat(trace.id()).isEqualTo("00000000000000000000000000000001");
        assertThat(trace.spanId()).isEqualTo("0000000000000001");
    }

    private static Trace of(@Nullable String traceparent) {
        return Objects.requireNonNull(Trace.of(traceparent, 7));
    }
}
