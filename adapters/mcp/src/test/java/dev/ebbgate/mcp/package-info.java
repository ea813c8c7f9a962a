/// MCP servers that do as a script says, and the official one.
@NullMarked
package dev.ebbgate.mcp;

import org.jspecify.annotations.NullMarked;
