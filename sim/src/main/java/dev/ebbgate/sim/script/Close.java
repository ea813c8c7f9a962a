package dev.ebbgate.sim.script;

/// The end of an answer: whether a finish reason comes first, after how many tokens an unparsable
/// event is put in (-1: none), and the error that is named, where one is.
public record Close(Ending ending, boolean finish, int malformedAt, String error) {

    static Close of(Terms terms) {
        Ending ending = terms.choice("end", Ending.class);
        boolean finish =
                terms.is("finish", "auto") ? ending == Ending.OK : terms.is("finish", "yes");
        return new Close(ending, finish, terms.count("malformed-at", -1), terms.text("error"));
    }
}
