package dev.ebbgate.tools.event;

/// Which run it is.
///
/// @param number counted from 1 within its runtime
/// @param tool the tool's name
/// @param callId the id of the call, as the model or the caller gave it
/// @param parent the number of the run that called it; 0 for none
public record RunId(long number, String tool, String callId, long parent) {}
