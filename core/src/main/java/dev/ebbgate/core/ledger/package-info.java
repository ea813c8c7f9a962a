/// The port through which every exchange is recorded.
@NullMarked
package dev.ebbgate.core.ledger;

import org.jspecify.annotations.NullMarked;
