@NullMarked
package dev.ebbgate.ledger.pack;

import org.jspecify.annotations.NullMarked;
