package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class JsonScannerTest {

    private static final String ALPHABET =
            "{}[],:\"\\ \t\n\r0123456789-+.eEtrufalsn/bx\u0000\u001fé";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " { } ",
                "null",
                "true",
                "false",
                "0",
                "-0",
                "-0.0e-10",
                "1E+2",
                "123456789012345678901234567890",
                "\"\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83d\\ude00\"",
                "[[],{},[{}],\"]\",{\"}\":\"{\"}]",
                "{\"a\":{\"a\":[1,2,{\"b\":null}]},\"a\":1}",
                "\t\r\n[ 1 , 2 ]\t\r\n"
            })
    void validText_isRead(String text) {
        assertThat(accepts(text)).isTrue();
        assertThat(StrictJson.accepts(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "{]",
                "[}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\":1}}",
                "{\"a\":1}{}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1]]",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "nul",
                "nulll",
                "True",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"a\nb\"",
                "\"\t\"",
                "\"\u0000\"",
                "[1]//",
                "\u00a0[]"
            })
    void brokenText_isRefused(String text) {
        assertThat(accepts(text)).isFalse();
        assertThat(StrictJson.accepts(text)).isFalse();
    }

    @Test
    void nestingUpToTheBound_isRead() {
        String deep = "[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH);

        assertThat(accepts(deep)).isTrue();
        assertThat(accepts("[" + deep + "]")).isFalse();
    }

    @Test
    void mixedNesting_keepsTrackOfEachLevel() {
        String open = "[{\"a\":".repeat(200);
        String close = "}]".repeat(200);

        assertThat(accepts(open + "1" + close)).isTrue();
        assertThat(accepts(open + "1" + close.replaceFirst("]}", "}]"))).isFalse();
    }

    @Test
    void depthBomb_endsAtTheBound() {
        JsonScanner json = new JsonScanner();
        byte[] bomb = "[".repeat(5_000_000).getBytes(ISO_8859_1);

        json.over(bomb, 0, bomb.length).skipValue();

        assertThat(json.ended()).isFalse();
        assertThat(json.tooDeep()).isTrue();
        assertThat(json.faultAt()).isEqualTo(JsonScanner.MAX_DEPTH);
    }

    @Test
    void randomTexts_areJudgedAsByTheSecondOpinion() {
        Random random = new Random(866);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = i % 2 == 0 ? soup(random) : mutated(random);

            boolean accepted = accepts(text);

            assertThat(accepted).as(text).isEqualTo(StrictJson.accepts(text));
            valid += accepted ? 1 : 0;
        }
        assertThat(valid).isBetween(10_000, 190_000);
    }

    @Test
    void textOutsideTheRange_isNotRead() {
        byte[] bytes = "\"\"[1,2]\"\"".getBytes(ISO_8859_1);
        JsonScanner json = new JsonScanner();

        json.over(bytes, 2, 7).skipValue();

        assertThat(json.ended()).isTrue();
        assertThat(json.position()).isEqualTo(7);
    }

    private static String soup(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(letter(random));
        }
        return text.toString();
    }

    private static String mutated(Random random) {
        StringBuilder text =
                new StringBuilder(
                        "{\"a\":[1,-2.5e3,\"x\\n\\u00e9\"],\"b\":{\"c\":null,\"d\":true}}");
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, letter(random));
                default -> text.setCharAt(at, letter(random));
            }
        }
        return text.toString();
    }

    private static char letter(Random random) {
        return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    private static boolean accepts(String text) {
        JsonScanner json = new JsonScanner();
        byte[] bytes = text.getBytes(ISO_8859_1);
        json.over(bytes, 0, bytes.length).skipValue();
        return json.ended();
    }
}
