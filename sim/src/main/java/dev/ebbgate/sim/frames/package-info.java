/// Answers as literal text after the providers' documentation. Nothing here is shared with the
/// gateway's dialects: a shared codec would hide its own errors.
@NullMarked
package dev.ebbgate.sim.frames;

import org.jspecify.annotations.NullMarked;
