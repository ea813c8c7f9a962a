package dev.ebbgate.core.failover;

import dev.ebbgate.core.policy.Trigger;

import org.jspecify.annotations.Nullable;

/// The rows of the failure table: what another attempt may follow from, and who is to blame.
public enum FailureRow {
    CONNECT_FAILED("no connection", Trigger.CONNECT, Same.AFTER_BACKOFF, true),
    CONNECT_LIMIT("limit connect", Trigger.CONNECT, Same.NEVER, true),
    STALE("stale pooled connection", Trigger.RESET, Same.AT_ONCE, false),
    RESET("connection broken", Trigger.RESET, Same.AFTER_BACKOFF, true),
    STATUS_5XX("status 5xx", Trigger.STATUS_5XX, Same.AFTER_BACKOFF, true),
    STATUS_429("status 429", Trigger.STATUS_429, Same.AFTER_RETRY_AFTER, false),
    QUOTA("quota used up", Trigger.AUTH, Same.OTHER_KEY, false),
    AUTH("status 401, 402, 403", Trigger.AUTH, Same.OTHER_KEY, true),
    FIRST_TOKEN("limit first-token", Trigger.FIRST_TOKEN, Same.NEVER, true),
    STREAM_IDLE("limit stream-idle", Trigger.STREAM_IDLE, Same.NEVER, true),
    NO_PROGRESS("limit no-progress", Trigger.NO_PROGRESS, Same.NEVER, true),
    ATTEMPT("limit attempt", Trigger.ATTEMPT, Same.NEVER, true),
    MALFORMED("malformed or empty answer", Trigger.MALFORMED, Same.AFTER_BACKOFF, true),
    REDIRECTED("status 3xx", Trigger.MALFORMED, Same.NEVER, true),
    STREAM_ERROR("error inside a 200", Trigger.STREAM_ERROR, Same.AFTER_BACKOFF, true),
    CONTEXT_LENGTH("context too long", Trigger.CONTEXT_LENGTH, Same.NEVER, false),
    CONTENT_POLICY("content refused", null, Same.NEVER, false),
    REFUSED("other 4xx", null, Same.NEVER, false),
    REQUEST("limit request", null, Same.NEVER, false),
    OURS("the gateway's own failure", null, Same.NEVER, false);

    /// Whether and when the same target is asked again.
    public enum Same {
        NEVER("never"),
        /// It is no fault of the target.
        AT_ONCE("at once"),
        /// If its provider has another key.
        OTHER_KEY("at once with another key"),
        /// Up to `retries` times; a Retry-After up to `retry-after-max` is honoured.
        AFTER_BACKOFF("after the backoff"),
        /// Once, if the target names a time up to `retry-after-max`.
        AFTER_RETRY_AFTER("once, after Retry-After");

        private final String text;

        Same(String text) {
            this.text = text;
        }

        /// As the documentation says it.
        public String text() {
            return text;
        }
    }

    private final String what;
    private final @Nullable Trigger trigger;
    private final Same same;
    private final boolean counts;

    FailureRow(String what, @Nullable Trigger trigger, Same same, boolean counts) {
        this.what = what;
        this.trigger = trigger;
        this.same = same;
        this.counts = counts;
    }

    /// What happened, as the documentation says it.
    public String what() {
        return what;
    }

    /// The word of `failover.when` that lets another attempt follow; null: none ever does.
    public @Nullable Trigger trigger() {
        return trigger;
    }

    public Same same() {
        return same;
    }

    /// Whether it counts against the target.
    public boolean counts() {
        return counts;
    }
}
