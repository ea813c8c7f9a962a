@NullMarked
package dev.ebbgate.core.setting;

import org.jspecify.annotations.NullMarked;
