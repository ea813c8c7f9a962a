@NullMarked
package dev.ebbgate.ledger.pace;

import org.jspecify.annotations.NullMarked;
