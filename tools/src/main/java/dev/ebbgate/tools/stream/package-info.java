/// Limits on the answer of a streaming chat model, for programs without the gateway.
///
/// A [StreamWatch] drives the gateway's own machine, so that a stream is judged by the same rules
/// and told of in the same words. It knows no framework: an adapter pushes what arrives into a
/// [WatchedStream] and says how the model's call is cancelled.
@NullMarked
package dev.ebbgate.tools.stream;

import org.jspecify.annotations.NullMarked;
