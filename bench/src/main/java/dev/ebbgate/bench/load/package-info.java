/// The bench's clients: closed loop, fixed rate, and a crowd of silent streams.
@NullMarked
package dev.ebbgate.bench.load;

import org.jspecify.annotations.NullMarked;
