package dev.ebbgate.core.exchange;

/// What an attempt waits for.
sealed interface AttemptState {

    AttemptState CONNECTING = new Connecting();
    AttemptState AWAITING = new Awaiting();
    AttemptState STREAMING = new Streaming();
    AttemptState FINISHING = new Finishing();

    /// No usable connection yet.
    record Connecting() implements AttemptState {}

    /// The request is on its way; nothing substantive has come.
    record Awaiting() implements AttemptState {}

    /// The answer is arriving.
    record Streaming() implements AttemptState {}

    /// The answer is complete but for its formal end.
    record Finishing() implements AttemptState {}

    /// Nothing is awaited any more.
    record Over(Outcome outcome) implements AttemptState {}
}
