@NullMarked
package dev.ebbgate.ledger.audit;

import org.jspecify.annotations.NullMarked;
