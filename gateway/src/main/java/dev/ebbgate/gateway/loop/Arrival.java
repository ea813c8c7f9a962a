package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.ledger.Entry;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

/// A request as it came to the door.
///
/// @param exchange the id given to it
/// @param atNanos when it arrived, on the clock of the machines
/// @param atMillis when it arrived, in milliseconds since 1970 UTC
/// @param headers as the client sent them
/// @param query its query string, or null
public record Arrival(
        String exchange,
        long atNanos,
        long atMillis,
        MultiMap headers,
        @Nullable String query,
        Entry.Client client) {}
