package dev.ebbgate.core.upkeep;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Secret;

import org.jspecify.annotations.Nullable;

/// Where exchanges are recorded, and for how long.
public record LedgerSettings(Store store, Retention retention) {

    /// Where nothing else is written, beside the configuration.
    public static final String PATH = ".ebbgate/ledger.db";

    public static final LedgerSettings DEFAULT =
            new LedgerSettings(new File(PATH), Retention.DEFAULT);

    /// Where the ledger is.
    public sealed interface Store {}

    /// Nothing is recorded.
    public record Off() implements Store {}

    /// In a file.
    ///
    /// @param path begins in the configuration's folder where it is relative
    public record File(String path) implements Store {

        public File {
            if (path.isBlank()) {
                throw new IllegalArgumentException("a path is not empty");
            }
        }
    }

    /// In a PostgreSQL database, perhaps together with other gateways.
    ///
    /// @param url as JDBC has it, without a password
    public record Server(String url, @Nullable String user, @Nullable Secret password)
            implements Store {}

    /// For how long things are kept; `off` is for ever.
    ///
    /// @param entries single exchanges
    /// @param minutes histograms by the minute
    /// @param hours histograms by the hour
    public record Retention(Span entries, Span minutes, Span hours) {

        /// Less would be gone before anyone looks.
        public static final Span SHORTEST = Span.ofSeconds(3_600);

        public static final Retention DEFAULT =
                new Retention(
                        Span.ofSeconds(720 * 3_600L),
                        Span.ofSeconds(168 * 3_600L),
                        Span.ofSeconds(8_760 * 3_600L));

        public Retention {
            if (SHORTEST.isLongerThan(entries)
                    || SHORTEST.isLongerThan(minutes)
                    || SHORTEST.isLongerThan(hours)) {
                throw new IllegalArgumentException("nothing is kept for less than " + SHORTEST);
            }
        }
    }
}
