@NullMarked
package dev.ebbgate.ledger.overlay;

import org.jspecify.annotations.NullMarked;
