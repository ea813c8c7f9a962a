/// A time source for tests: hours pass at once, and a seed replays.
@NullMarked
package dev.ebbgate.tools.testing;

import org.jspecify.annotations.NullMarked;
