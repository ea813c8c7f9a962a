package dev.ebbgate.core.simulation;

import dev.ebbgate.core.simulation.Report.Spread;
import dev.ebbgate.core.simulation.Simulation.Rules;

import java.util.function.Consumer;

/// One story: servers and clients, told once for a seed.
///
/// @param name as the table names it
/// @param goal what good behaviour is
/// @param perSecond requests, on average
/// @param seconds for how long they come
/// @param scene puts the servers up
record Story(
        String name, String goal, double perSecond, double seconds, Consumer<Simulation> scene) {

    /// A story that has been told.
    record Told(Story story, Report report, Watch watch) {
        String row() {
            return "| %s | %d | %d | %s | %d | %s | %d | %d | %d / %d | %s |"
                    .formatted(
                            story.name,
                            report.requests(),
                            report.answered(),
                            report.firstToken().text(),
                            report.untilFallback().count(),
                            report.untilFallback().text(),
                            report.falseKills(),
                            watch.openings(),
                            watch.trials(),
                            watch.mostOnTrial(),
                            watch.openings() == 0 ? "–" : Spread.text(watch.lastOpenNanos()));
        }
    }

    Told tell(long seed) {
        return tell(Rules.DEFAULT, seed);
    }

    Told tell(Rules rules, long seed) {
        Simulation simulation = new Simulation(rules, seed);
        Watch watch = new Watch();
        scene.accept(simulation);
        simulation.run(perSecond, seconds, watch);
        return new Told(this, new Report(simulation), watch);
    }
}
