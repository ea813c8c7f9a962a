package dev.ebbgate.ledger.store;

import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.Made;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A process that records without end, and says on stdout how many it has recorded so far and when.
/// It is there to be killed.
final class Unlucky {

    private static final int AT_ONCE = 20;

    private Unlucky() {}

    @SuppressWarnings("SystemOut") // whoever kills it reads that
    public static void main(String[] args) throws InterruptedException {
        StoredLedger ledger = new StoredLedger(Database.file(Path.of(args[0])), Retention.DEFAULT);
        for (long count = 0; ; count += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                ledger.record(Made.good(System.currentTimeMillis(), "a/m", 100));
            }
            System.out.println(count + AT_ONCE + " " + System.currentTimeMillis());
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
