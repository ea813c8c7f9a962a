/// What an operator can configure: immutable records, one per concept, with their defaults.
@NullMarked
package dev.ebbgate.core.config;

import org.jspecify.annotations.NullMarked;
