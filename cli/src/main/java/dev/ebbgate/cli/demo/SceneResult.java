package dev.ebbgate.cli.demo;

import java.util.List;

/// How a scene went.
///
/// @param happened what the client saw, in a few words
/// @param expected what it was told it would see
/// @param measured the figure that counts
/// @param limit the limit that allowed or ended it, and its source
/// @param said the same in a sentence, for the moment when it has happened
/// @param deviations what did not go as told, each a clause; none if all did
record SceneResult(
        String name,
        String happened,
        String expected,
        String measured,
        String limit,
        String said,
        List<String> deviations) {

    SceneResult {
        deviations = List.copyOf(deviations);
    }

    /// A scene that could not be played to its end.
    static SceneResult broken(String name, String why) {
        return new SceneResult(name, "broke off", "-", "-", "-", why, List.of(why));
    }

    boolean isAsTold() {
        return deviations.isEmpty();
    }
}
