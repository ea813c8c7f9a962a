package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;

/// An event with its moment and its number.
///
/// @param atMillis in milliseconds since 1970 UTC
/// @param uid unique among all gateways: by it receivers know one that they have already
record Happened(Event event, long atMillis, String uid) {}
