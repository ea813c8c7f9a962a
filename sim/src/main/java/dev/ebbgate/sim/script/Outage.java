package dev.ebbgate.sim.script;

/// When the provider is down: for `downNanos` after every `upNanos`, and for the first `fails`
/// requests with the same script. While down it answers as `script` says.
public record Outage(long upNanos, long downNanos, int fails, String script) {

    static Outage of(Terms terms) {
        String down = Scenarios.all().get(terms.text("down"));
        if (down == null) {
            throw new BadScript("down=" + terms.text("down") + ": write the name of a scenario");
        }
        int fails = terms.count("fails", 0);
        if (terms.is("flap", "off")) {
            return new Outage(0, 0, fails, down);
        }
        String[] spans = terms.text("flap").split("/", -1);
        if (spans.length != 2) {
            throw new BadScript("flap=" + terms.text("flap") + ": write up/down, such as 5s/5s");
        }
        return new Outage(
                Quantity.nanos("flap", spans[0]), Quantity.nanos("flap", spans[1]), fails, down);
    }

    /// Whether the provider is down, `scriptNanos` after it started and with `earlier` requests of
    /// this script before.
    public boolean down(long scriptNanos, int earlier) {
        if (earlier < fails) {
            return true;
        }
        return downNanos > 0 && scriptNanos % (upNanos + downNanos) >= upNanos;
    }
}
