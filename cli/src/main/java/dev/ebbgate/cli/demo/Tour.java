package dev.ebbgate.cli.demo;

import java.util.ArrayList;
import java.util.List;

/// The guided tour: the scenes one after the other, then what came of them.
public final class Tour {

    private final List<Scene> scenes;
    private final Terminal terminal;

    Tour(List<Scene> scenes, Terminal terminal) {
        this.scenes = List.copyOf(scenes);
        this.terminal = terminal;
    }

    /// The tour as a newcomer gets it.
    public static Tour to(Terminal terminal) {
        return new Tour(scenes(), terminal);
    }

    static List<Scene> scenes() {
        return List.of(
                new LongPrefill(),
                EndsOnTime.STALL,
                EndsOnTime.SILENCE,
                EndsOnTime.PINGS,
                new ClientLeaves(),
                FailsOver.HANG,
                FailsOver.HEAL,
                new Storm());
    }

    /// Plays all scenes, whatever becomes of one.
    ///
    /// @return whether every scene went as told
    public boolean play(Theatre theatre) {
        List<SceneResult> results = new ArrayList<>();
        try (Narrator narrator = new Narrator(terminal)) {
            narrator.welcome(theatre);
            for (Scene scene : scenes) {
                narrator.title(results.size() + 1, scene.title(), scene.told(theatre));
                breathe(theatre);
                SceneResult result = play(scene, theatre, narrator);
                results.add(result);
                narrator.verdict(result);
            }
        }
        Summary.lines(results, terminal).forEach(terminal::line);
        return results.stream().allMatch(SceneResult::isAsTold);
    }

    /// A defect in a scene is a scene that did not go as told, not the end of the tour.
    private static SceneResult play(Scene scene, Theatre theatre, Narrator narrator) {
        try {
            return scene.play(theatre, narrator);
        } catch (RuntimeException e) {
            return SceneResult.broken(scene.name(), "the scene itself failed: " + e);
        }
    }

    /// Time to read the title, for those who watch.
    private void breathe(Theatre theatre) {
        if (!terminal.live()) {
            return;
        }
        try {
            Thread.sleep(theatre.tempo().breath().millis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
