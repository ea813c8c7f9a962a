@NullMarked
package dev.ebbgate.bench.upstream;

import org.jspecify.annotations.NullMarked;
