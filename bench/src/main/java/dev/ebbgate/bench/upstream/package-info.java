/// The bench's provider: answers rendered once, written with as little work as can be.
@NullMarked
package dev.ebbgate.bench.upstream;

import org.jspecify.annotations.NullMarked;
