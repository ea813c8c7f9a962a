/// What tests of the running gateway share: the gateway itself, a client that sends any bytes, a
/// provider that writes down what it gets, and a watch on secrets.
@NullMarked
package dev.ebbgate.gateway.site;

import org.jspecify.annotations.NullMarked;
