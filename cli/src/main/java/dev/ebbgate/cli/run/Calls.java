package dev.ebbgate.cli.run;

import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The calls of a run, as the ledger of a gateway that ran already has them.
public final class Calls {

    /// How long entries may be on their way into a ledger, and a little more.
    private static final long SETTLING_MILLIS = 1_200;

    private Calls() {}

    /// Those that carry the tag.
    ///
    /// @param sinceMillis when the run began
    /// @throws SQLException if the ledger cannot be read
    public static List<Recorded> of(Database ledger, String tag, long sinceMillis)
            throws SQLException, InterruptedException {
        Thread.sleep(SETTLING_MILLIS);
        List<Recorded> calls = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            reader.entries(
                    sinceMillis,
                    System.currentTimeMillis() + SETTLING_MILLIS,
                    call -> {
                        if (tag.equals(call.client().tag())) {
                            calls.add(call);
                        }
                    });
        }
        return calls;
    }
}
