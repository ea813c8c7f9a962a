@NullMarked
package dev.ebbgate.ledger.store;

import org.jspecify.annotations.NullMarked;
