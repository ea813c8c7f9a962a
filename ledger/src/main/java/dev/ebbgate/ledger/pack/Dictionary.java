package dev.ebbgate.ledger.pack;

import org.jspecify.annotations.Nullable;

/// Numbers for words that occur again and again.
public interface Dictionary {

    /// For words that get no number.
    int NONE = 0;

    /// The number of a word, from 1 on; [#NONE] where it gets none and is to be written out.
    int number(String word);

    /// The word of a number, or null where it is not known.
    @Nullable String word(int number);
}
