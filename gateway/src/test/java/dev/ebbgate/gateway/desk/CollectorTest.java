package dev.ebbgate.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Limits.Sizes;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.Set;

class CollectorTest {

    private static final Buffer PIECE = Buffer.buffer("x".repeat(1_000));

    private final Room room = room(10);

    private static Room room(int kibibytes) {
        Sizes sizes = Sizes.DEFAULT;
        return new Room(
                new Sizes(
                        sizes.requestBody(),
                        sizes.event(),
                        sizes.header(),
                        Sourced.byDefault(Size.ofKiB(kibibytes)),
                        sizes.exchanges()));
    }

    @Test
    void bodyOfADeclaredLength_takesNoMoreThanItsLength() {
        Collector collector = new Collector(room, 100_000, 3_000);

        collector.add(PIECE);
        long afterOne = room.bytes();
        collector.add(PIECE);
        collector.add(PIECE);

        assertThat(afterOne).as("what is declared is not believed").isEqualTo(1_000);
        assertThat(room.bytes()).isEqualTo(3_000);
        assertThat(collector.bytes()).hasSize(3_000).containsOnly('x');
        assertThat(collector.buffer().length()).isEqualTo(3_000);
    }

    @Test
    void wholeBodyAtOnce_isNotCopied() {
        Collector collector = new Collector(room, 100_000, 5);
        byte[] whole = {1, 2, 3, 4, 5};

        assertThat(collector.add(over(whole))).isTrue();

        assertThat(collector.bytes()).isSameAs(whole);
        assertThat(room.bytes()).isEqualTo(5);
        collector.discard();
        assertThat(room.bytes()).isZero();
    }

    @Test
    void wholeBodyThatIsPartOfAnArray_isCopied() {
        Collector collector = new Collector(room, 100_000, 2);
        byte[] more = {1, 2, 3, 4, 5};

        collector.add(over(more).slice(1, 3));

        assertThat(collector.bytes()).containsExactly(2, 3);
    }

    @Test
    void wholeBodyForWhichThereIsNoRoom_isNotTaken() {
        Collector collector = new Collector(room, 100_000, 20_000);

        assertThat(collector.add(over(new byte[20_000]))).isFalse();

        assertThat(room.bytes()).isZero();
    }

    private static Buffer over(byte[] array) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(array));
    }

    @Test
    void bodyOfUnknownLength_countsTheArrayAndGivesTheRestBack() {
        Collector collector = new Collector(room, 100_000, -1);

        for (int i = 0; i < 5; i++) {
            collector.add(PIECE);
        }

        assertThat(collector.length()).isEqualTo(5_000);
        assertThat(room.bytes()).as("doubled").isEqualTo(8_000);
        assertThat(collector.bytes()).hasSize(5_000);
        assertThat(room.bytes()).isEqualTo(5_000);
    }

    @Test
    void noRoomToDouble_growsByWhatThereIs() {
        Collector collector = new Collector(room, 100_000, -1);
        int pieces = 0;

        while (collector.add(PIECE)) {
            pieces++;
        }

        assertThat(pieces).isEqualTo(10);
        assertThat(collector.bytes()).hasSize(10_000);
        assertThat(room.bytes()).isEqualTo(10_000);
    }

    @Test
    void littleRoomForALongBody_isNotCopiedForEveryPiece() {
        Room large = room(16 * 1024);
        Collector collector = new Collector(large, Integer.MAX_VALUE, -1);
        Set<Long> sizes = new HashSet<>();
        int pieces = 0;

        while (collector.add(PIECE)) {
            pieces++;
            sizes.add(large.bytes());
        }

        assertThat(sizes).as("each is a copy of what there is").hasSizeLessThan(40);
        assertThat(pieces * 1_000L).isGreaterThan(15 * 1024 * 1024);
    }

    @Test
    void declaredLengthBeyondAllRoom_isRefusedAtOnce() {
        Collector collector = new Collector(room, 1_000_000, 10 * 1024 + 1);

        assertThat(collector.add(PIECE)).isFalse();
        assertThat(room.bytes()).isZero();
    }

    @Test
    void moreThanTheMost_isNotTaken() {
        Collector collector = new Collector(room, 1_999, -1);

        assertThat(collector.add(PIECE)).isTrue();
        assertThat(collector.add(PIECE)).isFalse();
        assertThat(collector.length()).isEqualTo(1_000);
    }

    @Test
    void discarded_isGivenBackOnce() {
        Collector collector = new Collector(room, 100_000, -1);
        collector.add(PIECE);

        collector.discard();
        collector.discard();

        assertThat(room.bytes()).isZero();
        assertThat(collector.bytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, -1", "7, 7", "' 12 ', 12", "x, -1", "-5, -1", "99999999999999999999, -1"})
    void contentLength_isReadOrUnknown(String text, long length) {
        assertThat(Collector.declared(text)).isEqualTo(length);
    }
}
