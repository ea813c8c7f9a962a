package dev.ebbgate.core.ledger;

import java.util.List;

/// Several ledgers as one: each gets every entry, in this order.
public record Ledgers(List<Ledger> all) implements Ledger {

    public Ledgers {
        all = List.copyOf(all);
    }

    public static Ledger of(Ledger... ledgers) {
        return new Ledgers(List.of(ledgers));
    }

    @Override
    public void record(Entry entry) {
        // By index: no iterator for each entry.
        for (int i = 0; i < all.size(); i++) {
            all.get(i).record(entry);
        }
    }
}
