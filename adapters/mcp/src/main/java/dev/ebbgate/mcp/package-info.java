/// The tools of MCP servers, over stdio and streamable HTTP, for the tool runtime: their progress
/// counts as signs of life, their end is a limit of ours, and a call that is given up is cancelled
/// at the server. Start reading at [McpServer].
///
/// Threads: a server over stdio has one that reads and one that writes; everything else happens on
/// the threads of bodies, of their hooks, and of the SDK.
@NullMarked
package dev.ebbgate.mcp;

import org.jspecify.annotations.NullMarked;
