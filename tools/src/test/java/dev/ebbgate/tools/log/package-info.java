/// The lines that runs leave behind.
@NullMarked
package dev.ebbgate.tools.log;

import org.jspecify.annotations.NullMarked;
