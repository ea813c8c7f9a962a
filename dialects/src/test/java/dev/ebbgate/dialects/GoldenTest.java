package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

/// Each golden stream, whole, cut at every byte boundary, and byte by byte.
class GoldenTest {

    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Golden> STREAMS = Golden.ALL;

    @ParameterizedTest
    @FieldSource("STREAMS")
    void wholeStream_hasTheExpectedKindsAndAllItsBytes(Golden golden) {
        byte[] stream = golden.bytes();
        EventReader reader = golden.reader();

        Recording recording = Recording.of(reader, stream, stream.length);

        assertThat(recording.kinds()).isEqualTo(golden.expected());
        assertThat(recording.text()).isEqualTo(new String(stream, UTF_8));
        assertThat(reader.hasPartial()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void wholeStream_tellsModelAndTokens(Golden golden) {
        byte[] stream = golden.bytes();
        EventReader reader = golden.reader();

        Recording.of(reader, stream, stream.length);

        assertThat(reader.model()).isEqualTo(golden.model());
        assertThat(reader.inputTokens()).isEqualTo(golden.inputTokens());
        assertThat(reader.outputTokens()).isEqualTo(golden.outputTokens());
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void streamCutAnywhere_hasTheSameEvents(Golden golden) {
        for (String lineEnd : LINE_ENDS) {
            byte[] stream = golden.bytes(lineEnd);
            List<Recording.Event> whole =
                    Recording.of(golden.reader(), stream, stream.length).events();
            for (int cut = 0; cut < stream.length; cut++) {

                List<Recording.Event> cutUp = Recording.of(golden.reader(), stream, cut).events();

                assertThat(cutUp).as("cut at %d", cut).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void streamByteByByte_hasTheSameEvents(Golden golden) {
        for (String lineEnd : LINE_ENDS) {
            byte[] stream = golden.bytes(lineEnd);
            EventReader reader = golden.reader();

            Recording recording = Recording.byteByByte(reader, stream);

            assertThat(recording.kinds()).isEqualTo(golden.expected());
            assertThat(recording.text()).isEqualTo(new String(stream, UTF_8));
            assertThat(reader.hasPartial()).isFalse();
        }
    }

    @ParameterizedTest
    @FieldSource("STREAMS")
    void streamBehindByteOrderMark_isReadWithoutIt(Golden golden) {
        byte[] stream = ('\uFEFF' + new String(golden.bytes(), UTF_8)).getBytes(UTF_8);
        for (int cut = 0; cut < 8; cut++) {

            Recording recording = Recording.of(golden.reader(), stream, cut);

            assertThat(recording.kinds()).isEqualTo(golden.expected());
            assertThat(recording.text()).isEqualTo(new String(golden.bytes(), UTF_8));
        }
    }
}
