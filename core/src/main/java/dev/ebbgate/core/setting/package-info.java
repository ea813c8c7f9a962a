/// The values that settings have: sizes, addresses, secrets, each able to say where it was set.
@NullMarked
package dev.ebbgate.core.setting;

import org.jspecify.annotations.NullMarked;
