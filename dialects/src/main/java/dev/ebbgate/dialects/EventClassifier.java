package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

/// Tells what an event with data means, and keeps count of what the provider says of its answer.
sealed interface EventClassifier permits OpenAiEvents, AnthropicEvents {

    static EventClassifier of(Dialect dialect, int choices) {
        return switch (dialect) {
            case OPENAI -> new OpenAiEvents(choices);
            case ANTHROPIC -> new AnthropicEvents();
        };
    }

    /// The kind of an event that has data.
    EventKind classify(EventFields event);

    /// Whether the event just classified is substantive by one string alone, and nothing else in it
    /// counts; [#spokenFrom] and [#spokenTo] then bound the string's text in its data.
    boolean speaksOneString();

    int spokenFrom();

    int spokenTo();

    Tally tally();
}
