package dev.ebbgate.tools.pipeline;

/// A tool that is a pipeline, alone or within another.
interface Nest {}
