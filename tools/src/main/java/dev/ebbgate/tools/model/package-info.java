/// What a model is told of the tools it called: one answer per call id, whose words follow from
/// what is known of the effects.
@NullMarked
package dev.ebbgate.tools.model;

import org.jspecify.annotations.NullMarked;
