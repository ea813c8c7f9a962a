@NullMarked
package dev.ebbgate.cli.audit;

import org.jspecify.annotations.NullMarked;
