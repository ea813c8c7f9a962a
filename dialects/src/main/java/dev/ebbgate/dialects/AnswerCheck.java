package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// What a buffered answer of status 200 turns out to be.
public sealed interface AnswerCheck {

    /// A whole answer of the shape asked for.
    ///
    /// @param inputTokens as the provider counts them; -1 where not told
    /// @param outputTokens as the provider counts them; -1 where not told
    /// @param model the model that answered, by its own account
    record Good(long inputTokens, long outputTokens, @Nullable String model)
            implements AnswerCheck {}

    /// An error in the guise of an answer.
    record ErrorInside(ProviderError error) implements AnswerCheck {}

    /// No answer at all.
    ///
    /// @param why one line that never quotes the answer
    record Broken(String why) implements AnswerCheck {}

    /// Checks the body in this range: one valid JSON object with what the operation must answer.
    static AnswerCheck check(Operation operation, byte[] body, int from, int to) {
        AnswerScan scan = new AnswerScan(operation);
        String fault = scan.read(body, from, to);
        if (scan.failed()) {
            byte[] copy = Arrays.copyOfRange(body, from, to);
            return new ErrorInside(ProviderError.inside(operation.dialect(), copy));
        }
        if (fault != null) {
            return new Broken(fault);
        }
        Tally tally = scan.tally();
        return new Good(tally.inputTokens(), tally.outputTokens(), tally.model());
    }
}
