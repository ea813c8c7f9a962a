/// Tests of the desk.
@NullMarked
package dev.ebbgate.gateway.desk;

import org.jspecify.annotations.NullMarked;
