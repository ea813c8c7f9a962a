/// The guided tour: real exchanges through a real gateway, told as they happen.
@NullMarked
package dev.ebbgate.cli.demo;

import org.jspecify.annotations.NullMarked;
