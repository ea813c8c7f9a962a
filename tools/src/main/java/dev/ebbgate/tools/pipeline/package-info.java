/// Several tools as the stages of one: a graph in which each stage begins when what it needs is
/// there, within the deadline of the whole. Start reading at [Pipeline] and [Stage].
///
/// A pipeline is a tool and each of its stages is a run of its own beneath it, so everything that
/// holds of runs holds of stages: limits, cancellation, cleanups, events.
@NullMarked
package dev.ebbgate.tools.pipeline;

import org.jspecify.annotations.NullMarked;
