/// The admin API: what operators see and change while the gateway runs, on a listener of its own.
@NullMarked
package dev.ebbgate.gateway.admin;

import org.jspecify.annotations.NullMarked;
