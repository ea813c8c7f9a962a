package dev.ebbgate.cli.demo;

/// One exchange that shows one thing.
interface Scene {

    /// A few words, at most 18 characters: the summary has no more room.
    String name();

    /// A sentence for the title.
    String title();

    /// What is going to happen and what to look at; figures come from the configuration.
    String told(Theatre theatre);

    /// Plays it and judges what was seen.
    SceneResult play(Theatre theatre, Narrator narrator);
}
