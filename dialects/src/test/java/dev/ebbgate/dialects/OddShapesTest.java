package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Streams whose events are JSON, but with any value in any place: whoever takes them apart must
/// bear it, and what he makes of them must be JSON again.
class OddShapesTest {

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1e9",
                    "99999999999999999999",
                    "\"\"",
                    "\"x\"",
                    "\"\\ud83d\"",
                    "{}",
                    "[]",
                    "[[]]",
                    "[null]",
                    "[{}]",
                    "{\"a\":{\"b\":[1]}}",
                    "{\"index\":1,\"id\":\"i\",\"name\":\"n\"}",
                    " [ {\"text\" : \"t\"} , 7 ] ");

    private static final int ROUNDS = 300;

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Golden> STREAMS = Golden.ALL;

    @ParameterizedTest
    @FieldSource("STREAMS")
    void assembler_makesJsonOfThem(Golden golden) {
        Random random = new Random(20261120);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] stream = oddly(golden.bytes(), random);
            Assembler assembler = Assembler.of(golden.operation(), 1 << 20);

            golden.reader()
                    .feed(
                            stream,
                            0,
                            stream.length,
                            (kind, bytes, from, to) -> {
                                assembler.event(kind, bytes, from, to);
                                return true;
                            });

            assertThat(StrictJson.accepts(new String(assembler.answer(), UTF_8)))
                    .as("round %d", round)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void sequel_makesEventsOfThem(Golden golden) {
        Random random = new Random(20261121);
        for (int round = 0; round < ROUNDS; round++) {
            Client client = client(golden);
            if (client == null) {
                return;
            }
            byte[] stream = oddly(golden.bytes(), random);

            client.hearsOn(List.of(new String(stream, UTF_8)));

            assertThat(alike(readAgain(golden, client)))
                    .as("round %d", round)
                    .isEqualTo(alike(client.kinds()));
        }
    }

    /// Whether an odd value beside the text says something is not the question here.
    private static List<EventKind> alike(List<EventKind> kinds) {
        return kinds.stream()
                .map(kind -> kind == EventKind.PREAMBLE ? EventKind.DELTA : kind)
                .toList();
    }

    private static @Nullable Client client(Golden golden) {
        if (golden.operation() == Operation.COMPLETIONS) {
            return null;
        }
        Speaker speaker = new Speaker(golden.operation(), "one");
        return new Client(golden.operation(), speaker.request())
                .hears(speaker.beginning(1))
                .hears(List.of(speaker.token("Once upon a time")));
    }

    private static List<EventKind> readAgain(Golden golden, Client client) {
        byte[] told = client.told().getBytes(UTF_8);
        List<EventKind> kinds = new ArrayList<>();
        new EventReader(golden.operation(), 1, 1 << 20)
                .feed(
                        told,
                        0,
                        told.length,
                        (kind, bytes, from, to) -> {
                            kinds.add(kind);
                            return true;
                        });
        return kinds;
    }

    /// The stream with another value in one or two places.
    private static byte[] oddly(byte[] stream, Random random) {
        byte[] out = stream;
        for (int i = random.nextInt(2); i >= 0; i--) {
            List<Slice> values = values(out);
            Slice victim = values.get(random.nextInt(values.size()));
            String value = VALUES.get(random.nextInt(VALUES.size()));
            out = new Edits(Slice.of(out)).replace(victim, value).applied();
        }
        return out;
    }

    /// Every value in the data of every event, at every depth.
    private static List<Slice> values(byte[] stream) {
        List<Slice> all = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int end = ByteSearch.lineEnd(stream, at, stream.length);
            if (end - at > 7 && stream[at] == 'd' && stream[at + 6] == '{') {
                collect(new Slice(stream, at + 6, end), all);
            }
            at = end + 1;
        }
        return all;
    }

    private static void collect(Slice value, List<Slice> all) {
        all.add(value);
        Member.of(value).forEach(member -> collect(member.value(), all));
        Slice.elements(value).forEach(element -> collect(element, all));
    }
}
