package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.ledger.Entry.Answered;

import java.util.ArrayList;
import java.util.List;

/// What the providers said in the attempts of one exchange that were closed, for the ledger: what
/// was thrown away was paid for as well.
final class Heard {

    private static final List<Closed> NONE = List.of();

    private List<Closed> closed = NONE;

    private record Closed(int number, Answered answered) {}

    /// Keeps what was said in an attempt that is closed.
    void keep(Trial trial) {
        if (closed.isEmpty()) {
            closed = new ArrayList<>(2);
        }
        closed.add(new Closed(trial.number(), trial.answered()));
    }

    /// What was said in the attempt of this number.
    ///
    /// @param last the one that may not have been closed
    Answered in(int number, Trial last) {
        for (int i = 0; i < closed.size(); i++) {
            if (closed.get(i).number() == number) {
                return closed.get(i).answered();
            }
        }
        return number == last.number() ? last.answered() : Answered.NOTHING;
    }
}
