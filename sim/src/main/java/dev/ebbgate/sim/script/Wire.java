package dev.ebbgate.sim.script;

/// How the bytes are put on the wire: one at a time every `dripNanos` (0: whole), compressed though
/// nobody asked, with CRLF line ends.
public record Wire(long dripNanos, boolean gzip, boolean crlf) {

    static Wire of(Terms terms) {
        return new Wire(
                terms.nanos("drip"),
                oneOf(terms, "encoding", "gzip", "identity"),
                oneOf(terms, "eol", "crlf", "lf"));
    }

    private static boolean oneOf(Terms terms, String key, String yes, String no) {
        if (!terms.is(key, yes) && !terms.is(key, no)) {
            throw new BadScript(key + "=" + terms.text(key) + ": write " + yes + " or " + no);
        }
        return terms.is(key, yes);
    }
}
