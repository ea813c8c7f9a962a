/// Limits on the tools and the streams of Spring AI. Start reading at [LimitedTools] and
/// [WatchedChatModel].
@NullMarked
package dev.ebbgate.springai;

import org.jspecify.annotations.NullMarked;
