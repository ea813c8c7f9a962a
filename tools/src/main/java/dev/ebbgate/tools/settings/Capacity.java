package dev.ebbgate.tools.settings;

/// How many runs there may be. A place is held until body and cleanups have really ended, also by a
/// body that was given up.
///
/// @param running how many at once
/// @param waiting how many more may wait for a place; what comes beyond is rejected
/// @param rate how often runs may begin; what comes beyond is rejected
public record Capacity(int running, int waiting, Rate rate) {

    public static final Capacity DEFAULT = new Capacity(64, 256, Rate.UNLIMITED);

    public Capacity {
        if (running < 1 || waiting < 0) {
            throw new IllegalArgumentException("at least one may run, and none or more wait");
        }
    }

    public static Capacity of(int running, int waiting) {
        return new Capacity(running, waiting, Rate.UNLIMITED);
    }

    public Capacity withRate(Rate newRate) {
        return new Capacity(running, waiting, newRate);
    }
}
