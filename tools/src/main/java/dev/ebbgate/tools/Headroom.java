package dev.ebbgate.tools;

/// Room on the present thread's stack for what must not break off in its middle.
final class Headroom {

    /// More frames than a decision takes, each with something in it.
    private static final int FRAMES = 400;

    private Headroom() {}

    /// Fails here and now, with nothing begun, where there is not enough.
    ///
    /// @throws StackOverflowError to whoever has used the stack up
    static void require() {
        long _ = descend(FRAMES, 0);
    }

    private static long descend(int frames, long sum) {
        return frames == 0 ? sum : descend(frames - 1, sum + frames) + 1;
    }
}
