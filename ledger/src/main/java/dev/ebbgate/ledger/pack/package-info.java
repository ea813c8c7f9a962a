/// Entries as bytes and back: some eighty of them for an exchange with one attempt.
///
/// What repeats (routes, targets, models, causes) is written as the number of a word; moments and
/// counts are written in as few bytes as they need.
@NullMarked
package dev.ebbgate.ledger.pack;

import org.jspecify.annotations.NullMarked;
