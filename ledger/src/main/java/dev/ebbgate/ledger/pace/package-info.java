/// How long things took: histograms that can be merged, by minute and hour, and in them what was
/// cut short and took at least so long.
@NullMarked
package dev.ebbgate.ledger.pace;

import org.jspecify.annotations.NullMarked;
