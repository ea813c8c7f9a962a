package dev.ebbgate.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ebbgate.bench.load.AnswerReader;
import dev.ebbgate.bench.load.Shot;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;

class AnsweringTest {
    private final Frames frames = new Frames();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AnswerReader answer = new AnswerReader();

    AnsweringTest() {
        channel.pipeline().addLast(new Answering(frames, Pacer.start(channel.eventLoop(), frames)));
    }

    @Test
    void burst_isAWholeStreamOfSixtyFourChunksInOneWrite() {
        String request = Shot.at(Kind.BURST, "").request();

        send(request);

        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(readAnswer()).isTrue();
        assertThat(answer.events()).isEqualTo(Frames.BURST_CHUNKS + 1);
        assertThat(answer.done()).isTrue();
    }

    @Test
    void requestInTwoParts_isAnsweredOnce() {
        String request = Shot.at(Kind.JSON, "x-more: 1\r\n").request();

        send(request.substring(0, 40));
        assertThat(channel.outboundMessages()).isEmpty();
        send(request.substring(40));

        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(readAnswer()).isTrue();
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void failing_answers503() {
        send(Shot.at(Kind.FAILING, "").request());

        assertThat(readAnswer()).isTrue();
        assertThat(answer.status()).isEqualTo(503);
    }

    @Test
    void stall_sendsAStampAndDoesNotEnd() {
        long before = System.nanoTime();

        send(Shot.at(Kind.STALL, "").request());

        assertThat(readAnswer()).isFalse();
        assertThat(answer.stamp()).isBetween(before, System.nanoTime());
    }

    @Test
    void unknownModel_isRefused() {
        String request = Shot.at(Kind.JSON, "").request().replace("bench/json", "bench/jsox");

        send(request);

        assertThat(readAnswer()).isTrue();
        assertThat(answer.status()).isEqualTo(404);
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private boolean readAnswer() {
        boolean whole = false;
        ByteBuf out = channel.readOutbound();
        while (out != null) {
            byte[] bytes = ByteBufUtil.getBytes(out);
            out.release();
            whole = answer.feed(bytes, 0, bytes.length);
            out = channel.readOutbound();
        }
        return whole;
    }
}
