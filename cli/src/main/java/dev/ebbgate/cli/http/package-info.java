/// How commands ask what listens elsewhere.
@NullMarked
package dev.ebbgate.cli.http;

import org.jspecify.annotations.NullMarked;
