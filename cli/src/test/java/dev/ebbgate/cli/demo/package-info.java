@NullMarked
package dev.ebbgate.cli.demo;

import org.jspecify.annotations.NullMarked;
