package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Streams after the providers' documentation, and what each of their events means.
///
/// `kinds` has one letter per event, as in [#LETTERS].
record Golden(
        String file,
        Operation operation,
        int choices,
        String kinds,
        String model,
        long inputTokens,
        long outputTokens) {

    private static final Map<Character, EventKind> LETTERS =
            Map.of(
                    ':', EventKind.COMMENT,
                    'p', EventKind.PREAMBLE,
                    'D', EventKind.DELTA,
                    'F', EventKind.FINISH,
                    '.', EventKind.DONE,
                    'E', EventKind.ERROR);

    private static final String GPT = "gpt-4o-2024-08-06";
    private static final String GPT_4_1 = "gpt-4.1-2025-04-14";
    private static final String CLAUDE = "claude-sonnet-4-5-20250929";
    private static final String INSTRUCT = "gpt-3.5-turbo-instruct:20230824-v2";

    static final List<Golden> ALL =
            List.of(
                    new Golden("openai-text", CHAT_COMPLETIONS, 1, "pDDDFp.", GPT, 19, 10),
                    new Golden("openai-tools", CHAT_COMPLETIONS, 1, "pDpDDpDF.", GPT, -1, -1),
                    new Golden(
                            "openai-reasoning",
                            CHAT_COMPLETIONS,
                            1,
                            "::pDDDF.",
                            "deepseek/deepseek-r1",
                            7,
                            3),
                    new Golden("openai-azure", CHAT_COMPLETIONS, 1, "ppDpF.", GPT, -1, -1),
                    new Golden(
                            "openai-vllm",
                            CHAT_COMPLETIONS,
                            1,
                            "pDDE.",
                            "nvidia/nemotron-3-super",
                            -1,
                            -1),
                    new Golden("openai-two-choices", CHAT_COMPLETIONS, 2, "ppDDDDDF.", GPT, -1, -1),
                    new Golden("openai-logprobs", CHAT_COMPLETIONS, 1, "pDDDDDFp.", GPT_4_1, 9, 6),
                    new Golden(
                            "openai-many-tools",
                            CHAT_COMPLETIONS,
                            2,
                            "DDDDDDDDDF.",
                            GPT_4_1,
                            -1,
                            -1),
                    new Golden(
                            "openai-whole-tools",
                            CHAT_COMPLETIONS,
                            1,
                            "DDDDDDDF.",
                            GPT_4_1,
                            -1,
                            -1),
                    new Golden(
                            "openai-two-completions",
                            COMPLETIONS,
                            2,
                            "DDDFp.",
                            "davinci-002",
                            2,
                            3),
                    new Golden("openai-completions", COMPLETIONS, 1, "pDDFp.", INSTRUCT, 5, 2),
                    new Golden("anthropic-text", MESSAGES, 1, "pp:DpDDpF.", CLAUDE, 25, 15),
                    new Golden("anthropic-tools", MESSAGES, 1, "pDpDpDppF.", CLAUDE, 472, 89),
                    new Golden("anthropic-thinking", MESSAGES, 1, "ppDDpDDpF.", CLAUDE, 25, 7),
                    new Golden(
                            "anthropic-server-tools",
                            MESSAGES,
                            1,
                            "pDD:DpDpDDpDppDDDpDppDDDpF.",
                            CLAUDE,
                            130,
                            88),
                    new Golden("anthropic-error", MESSAGES, 1, "p:pDE", CLAUDE, 25, 1));

    EventReader reader() {
        return new EventReader(operation, choices, 1 << 16);
    }

    List<EventKind> expected() {
        return kinds.chars()
                .mapToObj(letter -> Objects.requireNonNull(LETTERS.get((char) letter)))
                .collect(Collectors.toList());
    }

    byte[] bytes() {
        return read(file + ".sse");
    }

    /// The bytes of a golden file.
    static byte[] read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("golden/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The stream with every line end written otherwise.
    byte[] bytes(String lineEnd) {
        byte[] plain = bytes();
        byte[] end = JsonText.bytes(lineEnd);
        byte[] out = new byte[plain.length * end.length];
        int length = 0;
        for (byte octet : plain) {
            byte[] piece = octet == '\n' ? end : new byte[] {octet};
            System.arraycopy(piece, 0, out, length, piece.length);
            length += piece.length;
        }
        return Arrays.copyOf(out, length);
    }

    @Override
    public String toString() {
        return file;
    }
}
