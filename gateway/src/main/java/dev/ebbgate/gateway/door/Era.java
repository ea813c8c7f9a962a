package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.desk.Judge;
import dev.ebbgate.gateway.loop.Surroundings;

/// One configuration as it holds on one event loop, with all that is made of it. A request keeps
/// the era in which it came; one that is past ends with its last request. Confined to its loop.
final class Era {

    private final Surroundings here;
    private final Judge judge;
    private final Guard guard;
    private final Pages pages;
    private int requests;
    private boolean past;

    Era(Surroundings here, Judge judge) {
        this.here = here;
        this.judge = judge;
        Config config = here.config();
        this.guard = new Guard(config.auth(), "auth.keys");
        this.pages = new Pages(here.room(), here.counters(), config);
    }

    void enter() {
        requests++;
    }

    void leave() {
        requests--;
        closeIfOver();
    }

    /// Another one has begun.
    void pass() {
        past = true;
        closeIfOver();
    }

    /// In a later tick: whoever left last may still be putting its call away.
    private void closeIfOver() {
        if (past && requests == 0) {
            long afterFinish = here.config().limits().waits().afterFinish().value().nanos();
            here.timers().after(afterFinish, here.wire()::close);
        }
    }

    Surroundings here() {
        return here;
    }

    Judge judge() {
        return judge;
    }

    Guard guard() {
        return guard;
    }

    Pages pages() {
        return pages;
    }
}
