package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Golden streams with bytes changed, lost and doubled, fed in random pieces.
class EventReaderFuzzTest {

    private static final byte[] TELLING = JsonText.bytes("\r\n\"\\{}[]:, \u0000data");
    private static final int ROUNDS = 2_000;

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Golden> STREAMS = Golden.ALL;

    @ParameterizedTest
    @FieldSource("STREAMS")
    void damagedStream_neverBreaksTheReader(Golden golden) {
        Random random = new Random(740 + golden.file().hashCode());
        byte[] whole = golden.bytes();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] stream = damaged(whole, random);
            Tape inOne = new Tape();
            Tape inPieces = new Tape();

            golden.reader().feed(stream, 0, stream.length, inOne);
            EventReader reader = golden.reader();
            feedInPieces(reader, stream, random, inPieces);

            assertThat(inPieces.kinds.toString()).isEqualTo(inOne.kinds.toString());
            assertThat(inPieces.bytes.toString()).isEqualTo(inOne.bytes.toString());
            String text = new String(stream, ISO_8859_1);
            assertThat(text).startsWith(inPieces.bytes.toString());
            assertThat(reader.carriedBytes()).isEqualTo(stream.length - inPieces.bytes.length());
        }
    }

    private static void feedInPieces(
            EventReader reader, byte[] stream, Random random, EventReader.Sink sink) {
        int at = 0;
        while (at < stream.length) {
            int to = Math.min(stream.length, at + random.nextInt(200));
            byte[] piece = Arrays.copyOfRange(stream, at, to);
            reader.feed(piece, 0, piece.length, sink);
            Arrays.fill(piece, (byte) '!'); // what the reader keeps is its own
            at = to;
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] stream = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int i = random.nextInt(8); i > 0; i--) {
            int at = random.nextInt(stream.length);
            switch (random.nextInt(3)) {
                case 0 -> stream[at] = TELLING[random.nextInt(TELLING.length)];
                case 1 -> stream[at] = (byte) random.nextInt(256);
                default -> {
                    int from = random.nextInt(stream.length);
                    int length = random.nextInt(stream.length - Math.max(at, from));
                    System.arraycopy(stream, from, stream, at, length);
                }
            }
        }
        return stream;
    }

    /// Writes down kinds and bytes, and that each event ends with its blank line.
    private static final class Tape implements EventReader.Sink {

        private final StringBuilder kinds = new StringBuilder();
        private final StringBuilder bytes = new StringBuilder();

        @Override
        public boolean event(EventKind kind, byte[] source, int from, int to) {
            String event = new String(source, from, to - from, ISO_8859_1);
            assertThat(event).matches("(?s)(.*[\r\n])?(\r\n|\r|\n)");
            kinds.append(kind).append('\n');
            bytes.append(event);
            return true;
        }
    }
}
