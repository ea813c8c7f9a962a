/// One run: contestants side by side in alternating rounds, and the table made of them.
@NullMarked
package dev.ebbgate.bench.run;

import org.jspecify.annotations.NullMarked;
