/// The desk: who may enter, where a request goes, and what it may take.
@NullMarked
package dev.ebbgate.gateway.desk;

import org.jspecify.annotations.NullMarked;
