/// What stands in for a tool that does not answer in time.
@NullMarked
package dev.ebbgate.tools.degrade;

import org.jspecify.annotations.NullMarked;
