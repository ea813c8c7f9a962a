@NullMarked
package dev.ebbgate.cli.run;

import org.jspecify.annotations.NullMarked;
