package dev.ebbgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

class ReplyTest {
    @Test
    void bothDialects_areReadAsAClientReadsThem() throws IOException {
        String body =
                """
                : keep-alive

                data: {"choices":[{"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"delta":{"content":"ebb"}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                event: ping
                data: {"type": "ping"}

                event: content_block_delta
                data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"ebb"}}

                event: error
                data: {"type":"error","error":{"type":"timeout_error","message":"late"}}

                event: message_stop
                data: {"type":"message_stop"}

                """;

        assertThat(kinds(body))
                .containsExactly(
                        EventStream.Kind.COMMENT,
                        EventStream.Kind.NOTHING,
                        EventStream.Kind.TOKEN,
                        EventStream.Kind.NOTHING,
                        EventStream.Kind.END,
                        EventStream.Kind.PING,
                        EventStream.Kind.TOKEN,
                        EventStream.Kind.ERROR,
                        EventStream.Kind.END);
    }

    @Test
    void reply_answersFromWhatWasSeen() {
        Reply reply =
                new Reply(
                        List.of(
                                new Seen.Head(1, 200),
                                new Seen.KeptAlive(2, false),
                                new Seen.Token(3),
                                new Seen.Token(5),
                                new Seen.KeptAlive(7, true),
                                new Seen.Finished(9)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.firstTokenNanos()).contains(3L);
        assertThat(reply.lastTokenNanos()).isEqualTo(5);
        assertThat(reply.keepAlives(seen -> seen.atNanos() < 3)).isEqualTo(1);
        assertThat(reply.isFinished()).isTrue();
        assertThat(reply.failure()).isEmpty();
    }

    private static List<EventStream.Kind> kinds(String body) throws IOException {
        EventStream events = new EventStream(new BufferedReader(new StringReader(body)));
        List<EventStream.Kind> kinds = new ArrayList<>();
        for (var event = events.next(); event != null; event = events.next()) {
            kinds.add(event.kind());
        }
        return kinds;
    }
}
