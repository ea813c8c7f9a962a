package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                // repeated, and believed
                "`The quick brown fox jumps` | `quick brown fox jumps over` | 21",
                "`The quick brown fox jumps` | `The quick brown fox jumps over` | 25",
                "`The quick brown fox jumps` | `The quick brown fox jumps` | 25",
                "`x = 1;\nfor each of them:` | `for each of them: do` | 17",
                "`A fox. It jumps over the lazy` | ` It jumps over the lazy dog.` | 23",
                "`asked:\n- alpha and beta\n- gamma` | `- alpha and beta\n- gamma and` | 24",
                "`So:\n~~~py\ndef f(x):\n  return` | `~~~py\ndef f(x):\n  return x` | 24",
                "`**Bold text here** and` | `**Bold text here** and more` | 22",
                "`Once upon a time` | `\n\nOnce upon a time there was` | 18",
                "`A fox jumps over the lazy` | `\njumps over the lazy dog` | 20",
                "`Hello` | `Hello world, how are you?` | 5",
                "`Hello` | ` Hello world, how are you?` | 6",
                // not repeated, or too short to tell
                "`The quick brown fox jumps` | ` over the lazy dog` | 0",
                "`book` | `keeper` | 0",
                "`ha` | `ha` | 0",
                "`The quick brown fox jumps` | `jumps over` | 0",
                "`The quick brown fox jumps` | `The quick brown fox runs` | 0",
                "`The quick brown fox jumps` | `quick brown fox jump` | 0",
                // not from the beginning of a word
                "`antidisestablishmentarianism` | `establishmentarianism is` | 0",
                // in circles: one round more may well be meant
                "`a\n----------------------------------------` | `--------------------` | 0",
                "`yes no yes no yes no yes no yes no` | `yes no yes no yes no` | 0",
                "`the same line here\nthe same line here\n` | `the same line here\n` | 0",
            })
    void repetition_isLeftOutWhereItIsNoAccident(String said, String came, int length) {
        assertThat(wholeAtOnce(said, came)).as("at once").isEqualTo(length);
        assertThat(charByChar(said, came)).as("char by char").isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`Hello `  | 1 | ` world`    | 1",
                "`Hello `  | 1 | `world`     | 0",
                "`a\n\n  ` | 4 | `\n\n    b` | 4",
                "`a\n\n`   | 2 | `\nb`       | 1",
                "`a\n\n`   | 2 | `\n`        | 1",
                "`a\n\n`   | 2 | `\n\n\n`    | 2",
                "`The quick brown fox ` | 1 | `quick brown fox jumps` | 16",
                "`The quick brown fox ` | 1 | `quick brown fox  jumps` | 16",
            })
    void whiteSpaceThatTheTargetWasNotGiven_isNotRepeated(
            String said, int cut, String came, int length) {
        Overlap overlap = new Overlap(said, cut);

        came.chars().forEach(c -> overlap.add(Character.toString(c)));
        overlap.end();

        assertThat(overlap.length()).isEqualTo(length);
    }

    @Test
    void halfASurrogatePair_meetsItsOtherHalf() {
        Overlap overlap = new Overlap("smile \ud83d", 2);

        overlap.add(" \ud83d\ude00");

        assertThat(overlap.length()).isEqualTo(2);
    }

    @Test
    void ordinaryContinuation_isSettledAtOnce() {
        Overlap overlap = new Overlap("The quick brown fox jumps over the lazy dog.", 0);

        overlap.add(" And");

        assertThat(overlap.settled()).isTrue();
        assertThat(overlap.length()).isZero();
    }

    @Test
    void repetitionFromTooFarBack_isNotSoughtUnlessItIsTheWholeText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("word").append(i).append(' ');
        }
        String said = text.toString();
        String farBack = said.substring(said.indexOf("word10 "));

        assertThat(wholeAtOnce(said, farBack + "more")).isZero();
        assertThat(wholeAtOnce(said, said + "more")).isEqualTo(said.length());
        assertThat(charByChar(said, said + "more")).isEqualTo(said.length());
    }

    @Test
    void repetitionOfAVeryLongText_isNotWaitedFor() {
        String said = "word " + "x".repeat(Overlap.LONGEST_REPEAT);
        Overlap overlap = new Overlap(said, 0);

        overlap.add("word xxx");

        assertThat(overlap.length()).isZero();
    }

    @Test
    void shorterRepetition_waitsForTheLongerOne() {
        String tail = "brown fox, quick ";
        Overlap overlap = new Overlap("brown fox, quick red; " + tail, 0);

        overlap.add(tail);

        assertThat(overlap.settled()).isFalse();
        overlap.end();
        assertThat(overlap.length()).isEqualTo(tail.length());
    }

    @Test
    void emptyPieces_settleNothing() {
        Overlap overlap = new Overlap("said", 0);

        overlap.add("");

        assertThat(overlap.settled()).isFalse();
    }

    private static int wholeAtOnce(String said, String came) {
        Overlap overlap = new Overlap(said, 0);
        overlap.add(came);
        overlap.end();
        return overlap.length();
    }

    private static int charByChar(String said, String came) {
        Overlap overlap = new Overlap(said, 0);
        came.chars().forEach(c -> overlap.add(Character.toString(c)));
        overlap.end();
        return overlap.length();
    }
}
