package dev.ebbgate.dialects;

import java.util.Locale;

/// Measures [EventReader] on a stream of 64 chunks; a main, no test, not part of `verify`.
final class ReaderBenchmark {

    private static final int CHUNKS = 64;
    private static final int ROUNDS = 15;
    private static final int STREAMS = 20_000;

    private static long events;

    private ReaderBenchmark() {}

    public static void main(String[] args) {
        byte[] openAi = openAi();
        byte[] anthropic = anthropic();
        for (int round = 0; round < ROUNDS; round++) {
            measure("openai whole", Operation.CHAT_COMPLETIONS, openAi, openAi.length);
            measure("openai 1448-byte pieces", Operation.CHAT_COMPLETIONS, openAi, 1448);
            measure("anthropic whole", Operation.MESSAGES, anthropic, anthropic.length);
        }
    }

    private static void measure(String what, Operation operation, byte[] stream, int piece) {
        events = 0;
        EventReader.Sink sink = (_, _, _, _) -> ++events > 0;
        long start = System.nanoTime();
        for (int i = 0; i < STREAMS; i++) {
            EventReader reader = new EventReader(operation, 1, 1 << 20);
            for (int at = 0; at < stream.length; at += piece) {
                reader.feed(stream, at, Math.min(stream.length, at + piece), sink);
            }
        }
        double nanos = (double) (System.nanoTime() - start) / events;
        System.out.printf(
                Locale.ROOT,
                "%-24s %7.1f ns per event of %d bytes%n",
                what,
                nanos,
                stream.length * (long) STREAMS / events);
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
