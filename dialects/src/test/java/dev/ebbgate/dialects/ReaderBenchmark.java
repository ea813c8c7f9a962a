package dev.ebbgate.dialects;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/// Measures [EventReader] on a stream of 64 chunks; a main, no test, not part of `verify`.
///
/// It counts CPU time, which on a shared machine says more than the clock.
final class ReaderBenchmark {

    private static final int CHUNKS = 64;
    private static final int ROUNDS = 15;
    private static final int STREAMS = 20_000;

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private static long events;

    private ReaderBenchmark() {}

    public static void main(String[] args) {
        byte[] openAi = openAi();
        byte[] anthropic = anthropic();
        double[] best = {1e9, 1e9, 1e9};
        for (int round = 0; round < ROUNDS; round++) {
            best[0] = Math.min(best[0], nanos(Operation.CHAT_COMPLETIONS, openAi, openAi.length));
            best[1] = Math.min(best[1], nanos(Operation.CHAT_COMPLETIONS, openAi, 1448));
            best[2] = Math.min(best[2], nanos(Operation.MESSAGES, anthropic, anthropic.length));
        }
        System.out.printf(
                Locale.ROOT,
                "ns of CPU per event, best of %d rounds: openai %.0f, in pieces of 1448 bytes %.0f;"
                        + " anthropic %.0f (events of %d and %d bytes)%n",
                ROUNDS,
                best[0],
                best[1],
                best[2],
                openAi.length / CHUNKS,
                anthropic.length / CHUNKS);
    }

    private static double nanos(Operation operation, byte[] stream, int piece) {
        events = 0;
        EventReader.Sink sink = (_, _, _, _) -> ++events > 0;
        long start = THREAD.getCurrentThreadCpuTime();
        for (int i = 0; i < STREAMS; i++) {
            EventReader reader = new EventReader(operation, 1, 1 << 20);
            for (int at = 0; at < stream.length; at += piece) {
                reader.feed(stream, at, Math.min(stream.length, at + piece), sink);
            }
        }
        return (double) (THREAD.getCurrentThreadCpuTime() - start) / events;
    }

    private static byte[] openAi() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < CHUNKS; i++) {
            out.append("data: {\"id\":\"chatcmpl-BhJ2w1qTzZ8kQe4mYx0LrT5v\",")
                    .append("\"object\":\"chat.completion.chunk\",\"created\":1763650000,")
                    .append("\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\",")
                    .append("\"system_fingerprint\":\"fp_1827dd0c55\",\"choices\":[{\"index\":0,")
                    .append("\"delta\":{\"content\":\" token")
                    .append(i)
                    .append("\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
        }
        return JsonText.bytes(out.append("data: [DONE]\n\n").toString());
    }

    private static byte[] anthropic() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < CHUNKS; i++) {
            out.append("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",")
                    .append("\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" token")
                    .append(i)
                    .append("\"}}\n\n");
        }
        return JsonText.bytes(out.toString());
    }
}
