/// What an operator can configure about running the gateway: where it is reached by operators, what
/// it records, where its events go.
@NullMarked
package dev.ebbgate.core.upkeep;

import org.jspecify.annotations.NullMarked;
