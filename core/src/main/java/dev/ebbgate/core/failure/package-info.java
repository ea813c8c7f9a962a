/// What can go wrong, as values: whose fault, where, by which limit, and what the client is told.
@NullMarked
package dev.ebbgate.core.failure;

import org.jspecify.annotations.NullMarked;
