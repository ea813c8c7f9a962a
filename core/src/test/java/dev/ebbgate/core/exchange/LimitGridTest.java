package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Every limit in every phase, before and after the commit, against a provider that is silent, that
/// trickles bytes without content, that breaks, and that speaks a moment too late.
///
/// One limit is 10 s, all others are off. A phase is entered at a full second: connect at 0 s,
/// first-token at 1 s, stream at 2 s, finish at 3 s. A cell says how the exchange has come out
/// after 100 s, and when.
class LimitGridTest {

    private static final String GRID =
            """
            limit       phase       commit | silent          | trickling       | broken         | late
            connect     connect     before | connect 10s     | connect 10s     | Reset 1s       | connect 10s
            connect     first-token before | open            | open            | Reset 2s       | completed 11s
            connect     stream      before | open            | open            | Reset 3s       | completed 12s
            connect     stream      after  | open            | open            | Reset 3s       | completed 12s
            connect     finish      after  | repaired 8s     | repaired 8s     | repaired 4s    | repaired 8s
            first-token connect     before | open            | open            | Reset 1s       | first-token 20s
            first-token first-token before | first-token 11s | first-token 11s | Reset 2s       | first-token 11s
            first-token stream      before | open            | open            | Reset 3s       | completed 12s
            first-token stream      after  | open            | open            | Reset 3s       | completed 12s
            first-token finish      after  | repaired 8s     | repaired 8s     | repaired 4s    | repaired 8s
            stream-idle connect     before | open            | open            | Reset 1s       | open
            stream-idle first-token before | open            | open            | Reset 2s       | completed 11s
            stream-idle stream      before | stream-idle 12s | open            | Reset 3s       | stream-idle 12s
            stream-idle stream      after  | stream-idle 12s | open            | Reset 3s       | stream-idle 12s
            stream-idle finish      after  | repaired 8s     | repaired 8s     | repaired 4s    | repaired 8s
            no-progress connect     before | open            | open            | Reset 1s       | open
            no-progress first-token before | open            | open            | Reset 2s       | completed 11s
            no-progress stream      before | no-progress 12s | no-progress 12s | Reset 3s       | no-progress 12s
            no-progress stream      after  | no-progress 12s | no-progress 12s | Reset 3s       | no-progress 12s
            no-progress finish      after  | repaired 8s     | repaired 8s     | repaired 4s    | repaired 8s
            attempt     connect     before | attempt 10s     | attempt 10s     | Reset 1s       | attempt 10s
            attempt     first-token before | attempt 10s     | attempt 10s     | Reset 2s       | attempt 10s
            attempt     stream      before | attempt 10s     | attempt 10s     | Reset 3s       | attempt 10s
            attempt     stream      after  | attempt 10s     | attempt 10s     | Reset 3s       | attempt 10s
            attempt     finish      after  | repaired 8s     | repaired 8s     | repaired 4s    | repaired 8s
            request     connect     before | request 10s     | request 10s     | Reset 1s       | request 10s
            request     first-token before | request 10s     | request 10s     | Reset 2s       | request 10s
            request     stream      before | request 10s     | request 10s     | Reset 3s       | request 10s
            request     stream      after  | request 10s     | request 10s     | Reset 3s       | request 10s
            request     finish      after  | repaired 8s     | repaired 8s     | repaired 4s    | repaired 8s
            """;

    private static final List<String> BEHAVIOURS = List.of("silent", "trickling", "broken", "late");

    /// The commit happens with the first token of a stream; the body of a buffered answer arrives
    /// before it. What is finished is committed, for only streams have a finish reason of their
    /// own.
    private static final List<String> PLACES =
            List.of(
                    "connect before",
                    "first-token before",
                    "stream before",
                    "stream after",
                    "finish after");

    record Cell(Limit limit, String phase, boolean committed, String behaviour, String expected) {

        @Override
        public String toString() {
            return limit.key()
                    + " in "
                    + phase
                    + (committed ? " after" : " before")
                    + " commit, "
                    + behaviour;
        }
    }

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        GRID.lines().skip(1).forEach(line -> cells.addAll(row(line)));
        return cells.stream();
    }

    private static List<Cell> row(String line) {
        List<String> columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        String[] place = columns.getFirst().split(" +", -1);
        Limit limit = Limit.valueOf(place[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < BEHAVIOURS.size(); i++) {
            String expected = i + 1 < columns.size() ? columns.get(i + 1) : "";
            cells.add(
                    new Cell(
                            limit,
                            place[1],
                            place[2].equals("after"),
                            BEHAVIOURS.get(i),
                            expected));
        }
        return cells;
    }

    @Test
    void everyLimitInEveryPlace_hasACell() {
        List<String> places =
                cells().map(cell ->
                                cell.limit
                                        + " "
                                        + cell.phase
                                        + " "
                                        + (cell.committed ? "after" : "before"))
                        .distinct()
                        .toList();

        assertThat(places)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Limit.values())
                                .flatMap(limit -> PLACES.stream().map(p -> limit + " " + p))
                                .toList());
        assertThat(cells().map(Cell::expected)).doesNotContain("");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    @DisplayName("S5 S6 nested limits do not race, and the one that fired is named")
    void cell_comesOutAsTheGridSays(Cell cell) {
        boolean streamed = cell.committed || !cell.phase.equals("stream");
        var timeouts = Policies.only(cell.limit, "10s");
        VirtualExchange run =
                new VirtualExchange(
                        streamed ? Policies.streamed(timeouts) : Policies.buffered(timeouts));
        long entered = enter(cell.phase, run);

        behave(cell, entered, run);
        run.runTo("100s");

        assertThat(run.ending()).isEqualTo(cell.expected);
        if (cell.committed) {
            assertThat(run.exchange.committed()).isTrue();
        }
    }

    /// Leads the exchange into the phase; answers when it is entered.
    private static long enter(String phase, VirtualExchange run) {
        List<Signal> way = List.of(Signal.CONNECTED, Signal.TOKEN_ARRIVED, Signal.FINISHED);
        int steps = List.of("connect", "first-token", "stream", "finish").indexOf(phase);
        for (int i = 0; i < steps; i++) {
            run.at(Span.ofSeconds(i + 1).nanos(), way.get(i));
        }
        return Span.ofSeconds(1).nanos() * steps;
    }

    private static void behave(Cell cell, long entered, VirtualExchange run) {
        long second = Span.ofSeconds(1).nanos();
        switch (cell.behaviour) {
            case "silent" -> {}
            case "trickling" -> {
                for (int i = 1; i <= 98; i++) {
                    run.at(entered + i * second, Signal.BYTES_ARRIVED);
                }
            }
            case "broken" -> run.at(entered + second, new Broke(new Failure.Reset()));
            case "late" -> {
                // Everything it owed, one nanosecond after the limit where that can be told.
                long late = entered + 10 * second + 1;
                if (cell.phase.equals("first-token")) {
                    late = Math.max(late, 11 * second + 1);
                }
                Signal owed =
                        cell.phase.equals("connect") ? Signal.CONNECTED : Signal.TOKEN_ARRIVED;
                run.at(late, owed);
                if (!cell.phase.equals("connect")) {
                    run.at(late, Signal.DONE);
                }
            }
            default -> throw new AssertionError(cell.behaviour);
        }
    }
}
