package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Phase;

/// Where an exchange stands.
///
/// @param attempt counted from 1: the one under way, or the one that is to begin once there is a
///   place for it
/// @param target the index of its target in the plan
/// @param phase what is waited for
public record Position(int attempt, int target, Phase phase) {}
