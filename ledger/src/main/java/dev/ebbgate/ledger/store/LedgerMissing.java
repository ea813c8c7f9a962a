package dev.ebbgate.ledger.store;

import java.sql.SQLException;

/// There is no ledger at an address, or none that can be read.
public final class LedgerMissing extends SQLException {
    private static final long serialVersionUID = 1;

    LedgerMissing(String message) {
        super(message);
    }

    LedgerMissing(String message, SQLException cause) {
        super(message, cause);
    }
}
