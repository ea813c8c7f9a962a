@NullMarked
package dev.ebbgate.core.config;

import org.jspecify.annotations.NullMarked;
