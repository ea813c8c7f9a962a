@NullMarked
package dev.ebbgate.tools.stream;

import org.jspecify.annotations.NullMarked;
