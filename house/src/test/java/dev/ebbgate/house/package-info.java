/// The gates of the house: sizes, format, architecture and documents, held against the whole tree.
@NullMarked
package dev.ebbgate.house;

import org.jspecify.annotations.NullMarked;
