package dev.ebbgate.ledger.audit;

import dev.ebbgate.ledger.pace.Place;

import org.jspecify.annotations.Nullable;

/// What the rows of an audit stand for.
public enum By {
    /// The target's model, whichever provider has it; attempts are counted.
    MODEL("model", true),
    /// `provider/model`; attempts are counted.
    TARGET("target", true),
    ROUTE("route", false),
    /// The name of the gateway key.
    KEY("key", false),
    /// What clients wrote into `x-ebbgate-tag`. Histograms know nothing of tags, so the single
    /// exchanges are read.
    TAG("tag", false);

    private final String word;
    private final boolean ofAttempts;

    By(String word, boolean ofAttempts) {
        this.word = word;
        this.ofAttempts = ofAttempts;
    }

    /// Its name on the command line.
    public String word() {
        return word;
    }

    /// Whether attempts are counted, else exchanges.
    public boolean isOfAttempts() {
        return ofAttempts;
    }

    /// The row that a cell belongs to.
    String row(Place place) {
        return switch (this) {
            case MODEL -> model(place.target());
            case TARGET -> named(place.target());
            case ROUTE -> named(place.route());
            case KEY -> named(place.key());
            case TAG -> named(null);
        };
    }

    private String model(@Nullable String target) {
        return target == null ? named(null) : target.substring(target.indexOf('/') + 1);
    }

    /// The name, or what stands for none.
    String named(@Nullable String name) {
        return name == null ? "(no " + word + ")" : name;
    }
}
