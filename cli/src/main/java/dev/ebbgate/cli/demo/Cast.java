package dev.ebbgate.cli.demo;

/// What the simulated providers do, as scripts of `docs/simulated-provider.md`.
record Cast(String slow, String stalling, String silent, String pinging) {

    static Cast of(Tempo tempo) {
        return new Cast(
                "prefill=" + millis(tempo.prefill().millis()) + ";tokens=16;rate=20",
                "stall;tokens=8;rate=20",
                "hang-accept",
                "stall-keep-alive;tokens=8;rate=20;keep-alive=" + millis(tempo.ping().millis()));
    }

    private static String millis(long millis) {
        return millis + "ms";
    }
}
