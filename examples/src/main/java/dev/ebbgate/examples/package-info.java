/// What the documents show. The lines between `// <name>` and `// </name>` are those of the
/// document, and a test holds the two together.
@NullMarked
package dev.ebbgate.examples;

import org.jspecify.annotations.NullMarked;
