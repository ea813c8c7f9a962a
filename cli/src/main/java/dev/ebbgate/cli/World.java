package dev.ebbgate.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// What the commands know of the world outside.
///
/// @param environment the variables
/// @param folder where relative paths begin
/// @param gate opens the gateway
/// @param signals puts a shutdown in charge of the signals of this process
record World(Map<String, String> environment, Path folder, Gate gate, Consumer<Shutdown> signals) {

    /// The process we are.
    static World real() {
        return new World(System.getenv(), Path.of(""), LiveGateway::open, Shutdown::install);
    }

    /// Starts a gateway; it listens when this returns.
    interface Gate {
        /// Starts it with this configuration.
        ///
        /// @param ledger is told of every exchange, and tells of what it could not keep
        Running open(ConfigOption.Chosen chosen, Keeping ledger) throws Exception;
    }
}
