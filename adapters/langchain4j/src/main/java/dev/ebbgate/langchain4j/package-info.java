/// Limits on the tools and the streams of LangChain4j. Start reading at [LimitedTools] and
/// [WatchedStreamingChatModel].
@NullMarked
package dev.ebbgate.langchain4j;

import org.jspecify.annotations.NullMarked;
