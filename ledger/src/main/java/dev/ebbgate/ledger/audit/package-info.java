/// Questions to a ledger: how long calls took, by whom, and how near that comes to the moment at
/// which a consumer gives up.
@NullMarked
package dev.ebbgate.ledger.audit;

import org.jspecify.annotations.NullMarked;
