package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

import org.jspecify.annotations.Nullable;

/// What a client has been told of a streamed answer, so that another target can go on from there.
///
/// It is fed with the events that were passed on to the client, those of a continuation too, and
/// holds their text within a bound. Only plain text can be continued: [#obstacle] says what stands
/// in the way. One transcript per exchange; not thread-safe. Its text never shows in
/// [Object#toString].
public final class Transcript {

    private final Operation operation;
    private final int maxChars;
    private final StringBuilder text = new StringBuilder();
    private final EventFields fields = new EventFields();
    private final Account account;
    private @Nullable String obstacle;
    private boolean hasWords;
    private @Nullable Sequel sequel;

    /// What a dialect's transcript keeps besides the text.
    sealed interface Account permits OpenAiAccount, AnthropicAccount {

        /// Reads one event; answers what now stands in the way of a continuation, or null.
        @Nullable String read(EventFields event, StringBuilder text);

        /// What turns the next target's stream into the rest of this one.
        Sequel sequel(Overlap overlap, EventReader.Sink client);
    }

    /// What turns the next target's stream into the rest of this one.
    interface Sequel extends EventReader.Sink {

        /// About how many bytes it holds until it is known what is a repetition.
        long heldBytes();
    }

    /// A transcript of the answer to this request.
    ///
    /// @param request the client's, one that [RequestHead#read] has accepted
    /// @param maxChars the longest text to hold; longer answers cannot be continued
    public Transcript(Operation operation, byte[] request, int maxChars) {
        this.operation = operation;
        this.maxChars = maxChars;
        this.obstacle = RequestTraits.obstacle(operation, request);
        this.account =
                operation.dialect() == Dialect.OPENAI
                        ? new OpenAiAccount()
                        : new AnthropicAccount();
    }

    /// Takes an event that was passed on to the client.
    public void event(EventKind kind, byte[] bytes, int from, int to) {
        if (obstacle != null || !Assembler.hasContent(kind)) {
            return;
        }
        fields.parse(bytes, from, to);
        int known = text.length();
        String found = account.read(fields, text);
        if (found == null && text.length() > maxChars) {
            found = "the text is longer than what is kept";
        }
        if (found != null) {
            close(found);
        } else if (!hasWords) {
            hasWords = hasWords(Math.max(0, known - 1));
        }
    }

    private boolean hasWords(int from) {
        int to = length();
        for (int at = from; at < to; at++) {
            if (!isSpace(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    /// Nobody is to go on from here any more: forgets the text.
    ///
    /// @param reason in a few words free of content; the first one stays
    public void close(String reason) {
        if (obstacle == null) {
            obstacle = reason;
        }
        text.setLength(0);
        text.trimToSize();
    }

    /// About how many bytes are held.
    public long heldBytes() {
        long own = 2L * text.length();
        return sequel == null ? own : own + own + sequel.heldBytes();
    }

    /// Why another target must not go on from here, in a few words free of content; null if it may.
    public @Nullable String obstacle() {
        return obstacle == null && !hasWords ? "no text has been sent yet" : obstacle;
    }

    /// A copy of the request that asks the next target to go on from what was said: with the
    /// assistant's text so far as its last message, every other byte as it was.
    ///
    /// White space at the text's end is left out (Anthropic refuses it, and templates trim it).
    ///
    /// @param request the client's, its model already the next target's
    /// @throws IllegalStateException where there is an [#obstacle]
    public byte[] prefilled(byte[] request) {
        check();
        return RequestTraits.prefilled(operation.dialect(), request, given());
    }

    /// What turns the next target's stream into the rest of this one: give it to that target's
    /// [EventReader] as its sink. It hands on to the client's sink, as events of the same kinds,
    /// what has not been said, under the identity of the first answer. Errors, comments and what
    /// else is no content pass as they are. An event that only repeats is not handed on at all.
    ///
    /// @throws IllegalStateException where there is an [#obstacle]
    public EventReader.Sink sequel(EventReader.Sink client) {
        check();
        String said = text.toString();
        Overlap overlap = new Overlap(said, said.length() - given().length());
        Sequel begun = account.sequel(overlap, client);
        sequel = begun;
        return begun;
    }

    private void check() {
        String reason = obstacle();
        if (reason != null) {
            throw new IllegalStateException(reason);
        }
    }

    /// The text without what no target may be given at its end.
    private String given() {
        int length = length();
        while (length > 0 && isSpace(text.charAt(length - 1))) {
            length--;
        }
        return text.substring(0, length);
    }

    /// Without half a character.
    private int length() {
        int length = text.length();
        return length > 0 && Character.isHighSurrogate(text.charAt(length - 1))
                ? length - 1
                : length;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
