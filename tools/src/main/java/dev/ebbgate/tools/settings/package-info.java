/// How a tool is to be run, as its author says.
@NullMarked
package dev.ebbgate.tools.settings;

import org.jspecify.annotations.NullMarked;
