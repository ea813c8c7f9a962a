package dev.ebbgate.cli.demo;

/// What the simulated providers do, as scripts of `docs/simulated-provider.md`.
///
/// @param spare answers where another failed
/// @param dying breaks off in mid-stream
/// @param troubled answers with errors, so many times
record Cast(
        String slow,
        String stalling,
        String silent,
        String pinging,
        String spare,
        String dying,
        String troubled) {

    /// How many tokens a whole answer has.
    static final int TOKENS = 16;

    /// How many errors it takes until the troubled provider is left alone.
    static final int FAILURES = 3;

    /// The model of the troubled provider, by which the journal knows it.
    static final String TROUBLED = "tide-2";

    static Cast of(Tempo tempo) {
        return new Cast(
                "prefill=" + millis(tempo.prefill().millis()) + ";tokens=16;rate=20",
                "stall;tokens=8;rate=20",
                "hang-accept",
                "stall-keep-alive;tokens=8;rate=20;keep-alive=" + millis(tempo.ping().millis()),
                "tokens=" + TOKENS + ";rate=100",
                "reset;tokens=8;rate=20",
                "fails=" + FAILURES + ";down=server-error;tokens=" + TOKENS + ";rate=100");
    }

    /// Providers that are all in good health.
    static Cast healthy() {
        return new Cast(
                "healthy", "healthy", "healthy", "healthy", "healthy", "healthy", "healthy");
    }

    private static String millis(long millis) {
        return millis + "ms";
    }
}
