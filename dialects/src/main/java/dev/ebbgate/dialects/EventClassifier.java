package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

/// Tells what an event with data means, and keeps count of what the provider says of its answer.
sealed interface EventClassifier permits OpenAiEvents, AnthropicEvents {

    String NOT_JSON = "an event is not valid JSON";

    static EventClassifier of(Dialect dialect, int choices) {
        return switch (dialect) {
            case OPENAI -> new OpenAiEvents(choices);
            case ANTHROPIC -> new AnthropicEvents();
        };
    }

    /// The kind of an event that has data.
    EventKind classify(EventFields event);

    /// What was wrong with the last malformed event, in words that do not quote it.
    String fault();

    /// What is wrong with an event that is no object: the scanner stands where one should begin.
    static String notAnObject(JsonScanner json) {
        json.skipValue();
        return json.ended() ? "an event is not a JSON object" : NOT_JSON;
    }

    /// Whether the event just classified is substantive by one string alone, and nothing else in it
    /// counts; [#spokenFrom] and [#spokenTo] then bound the string's text in its data.
    boolean speaksOneString();

    int spokenFrom();

    int spokenTo();

    /// Lets go of the bytes of the last event.
    void forget();

    Tally tally();
}
