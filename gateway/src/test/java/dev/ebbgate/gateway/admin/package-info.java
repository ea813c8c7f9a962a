/// The admin API, over HTTP.
@org.jspecify.annotations.NullMarked
package dev.ebbgate.gateway.admin;
