/// A command that is run against the gateway: its environment, its process, and what is said of its
/// calls at its end.
@NullMarked
package dev.ebbgate.cli.run;

import org.jspecify.annotations.NullMarked;
