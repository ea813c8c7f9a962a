@NullMarked
package dev.ebbgate.bench.load;

import org.jspecify.annotations.NullMarked;
