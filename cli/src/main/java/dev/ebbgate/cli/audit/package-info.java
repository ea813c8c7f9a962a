/// What `ebbgate audit` prints: a table, JSON, CSV, and one exchange as a timeline.
@NullMarked
package dev.ebbgate.cli.audit;

import org.jspecify.annotations.NullMarked;
