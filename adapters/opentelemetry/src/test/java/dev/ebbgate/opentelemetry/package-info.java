/// The spans that runs leave behind.
@NullMarked
package dev.ebbgate.opentelemetry;

import org.jspecify.annotations.NullMarked;
