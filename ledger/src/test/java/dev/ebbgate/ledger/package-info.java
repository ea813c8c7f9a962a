@NullMarked
package dev.ebbgate.ledger;

import org.jspecify.annotations.NullMarked;
