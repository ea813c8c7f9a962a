/// What is counted, and what is carried.
@NullMarked
package dev.ebbgate.micrometer;

import org.jspecify.annotations.NullMarked;
