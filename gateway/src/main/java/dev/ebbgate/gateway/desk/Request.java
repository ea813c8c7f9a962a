package dev.ebbgate.gateway.desk;

import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.RequestHead;

import io.vertx.core.buffer.Buffer;

/// What a client asks for.
///
/// @param head what its body says
/// @param body as the client sent it; not to be written into
public record Request(Operation operation, RequestHead head, Buffer body) {}
