@NullMarked
package dev.ebbgate.core.ledger;

import org.jspecify.annotations.NullMarked;
