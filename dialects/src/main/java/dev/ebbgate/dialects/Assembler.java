package dev.ebbgate.dialects;

/// Makes one buffered answer of a streamed one, for a client that asked for no stream.
///
/// It is fed with whole events as [EventReader] hands them out and holds their content, within a
/// bound. Nothing is decoded but the arguments of Anthropic's tools: strings are joined as they
/// came. One assembler per answer; not thread-safe.
public sealed interface Assembler permits OpenAiAssembler, AnthropicAssembler {

    /// What became of an event.
    enum Result {
        /// It is part of the answer, or has no bearing on it.
        TAKEN,
        /// The answer has grown beyond the bound and is lost.
        FULL,
        /// The event belongs to nothing that has begun, so the answer would not be whole.
        MALFORMED
    }

    /// An assembler for one answer to this operation.
    ///
    /// @param maxBytes about how much memory it may hold
    /// @throws IllegalArgumentException for an operation whose answer cannot be a stream
    static Assembler of(Operation operation, long maxBytes) {
        return switch (operation) {
            case CHAT_COMPLETIONS -> new OpenAiAssembler(true, maxBytes);
            case COMPLETIONS -> new OpenAiAssembler(false, maxBytes);
            case MESSAGES -> new AnthropicAssembler(maxBytes);
            case EMBEDDINGS, COUNT_TOKENS ->
                    throw new IllegalArgumentException(operation + " is never streamed");
        };
    }

    /// Takes one whole event. Kinds without content are passed over: comments, the formal end, and
    /// what is no part of an answer.
    Result event(EventKind kind, byte[] bytes, int from, int to);

    /// About how many bytes are held. [#answer] needs as many again while it runs.
    long heldBytes();

    /// The answer as far as it has come, in the shape in which the provider answers when no stream
    /// is asked for. Whether it is complete is for the one to know who saw the kinds.
    byte[] answer();

    /// Whether events of this kind have a part in the answer.
    static boolean hasContent(EventKind kind) {
        return switch (kind) {
            case PREAMBLE, DELTA, FINISH -> true;
            case COMMENT, DROP, DONE, ERROR, MALFORMED, OVERSIZED -> false;
        };
    }
}
