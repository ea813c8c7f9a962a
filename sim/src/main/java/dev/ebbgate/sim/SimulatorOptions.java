package dev.ebbgate.sim;

/// Where a simulator listens and how it behaves where a script says nothing. A port of 0 is any
/// free one; a TLS port of [#OFF] is none. `script` is put before every request's own; with a
/// `speed` of 100, 158 s of script take 1.58 s.
public record SimulatorOptions(
        String host,
        int port,
        int tlsPort,
        int eventLoops,
        String script,
        long seed,
        double speed) {

    public static final int OFF = -1;

    public SimulatorOptions {
        if (port < 0 || port > 65_535 || tlsPort < OFF || tlsPort > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
        if (eventLoops < 1) {
            throw new IllegalArgumentException("at least one event loop is needed");
        }
        if (!(speed > 0)) {
            throw new IllegalArgumentException("the speed must be above 0");
        }
    }

    /// Loopback, a free port, no TLS, one event loop, healthy, seed 1, real time.
    public static SimulatorOptions defaults() {
        return new SimulatorOptions("127.0.0.1", 0, OFF, 1, "", 1, 1);
    }

    public SimulatorOptions withHost(String newHost) {
        return new SimulatorOptions(newHost, port, tlsPort, eventLoops, script, seed, speed);
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(host, newPort, tlsPort, eventLoops, script, seed, speed);
    }

    public SimulatorOptions withTlsPort(int newPort) {
        return new SimulatorOptions(host, port, newPort, eventLoops, script, seed, speed);
    }

    public SimulatorOptions withEventLoops(int loops) {
        return new SimulatorOptions(host, port, tlsPort, loops, script, seed, speed);
    }

    public SimulatorOptions withScript(String newScript) {
        return new SimulatorOptions(host, port, tlsPort, eventLoops, newScript, seed, speed);
    }

    public SimulatorOptions withSeed(long newSeed) {
        return new SimulatorOptions(host, port, tlsPort, eventLoops, script, newSeed, speed);
    }

    public SimulatorOptions withSpeed(double newSpeed) {
        return new SimulatorOptions(host, port, tlsPort, eventLoops, script, seed, newSpeed);
    }
}
