/// What operators changed, kept where several gateways find it.
@NullMarked
package dev.ebbgate.ledger.overlay;

import org.jspecify.annotations.NullMarked;
