package dev.ebbgate.core.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "512B,512",
        "64KiB,65536",
        "32MiB,33554432",
        "1GiB,1073741824",
        "1536KiB,1572864",
    })
    void size_isReadAndWrittenAlike(String text, long bytes) {
        Size size = Size.parse(text);

        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "64",
                "64KB",
                "64kib",
                "-1B",
                "0B",
                "1.5MiB",
                "64 KiB",
                "off",
                "9999999999GiB"
            })
    void size_thatIsNone_saysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Size.parse(text))
                .withMessageContaining("; write ");
    }

    @Test
    void keepAlive_isOffOnlyWhenBothTimesAre() {
        assertThat(KeepAlive.DEFAULT.isOff()).isFalse();
        assertThat(KeepAlive.DEFAULT.after().value()).hasToString("15s");
        assertThat(KeepAlive.DEFAULT.every().source()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1,api.openai.com,443,/v1,api.openai.com",
        "https://api.anthropic.com,api.anthropic.com,443,'',api.anthropic.com",
        "http://127.0.0.1:8000/v1/,127.0.0.1,8000,/v1,127.0.0.1:8000",
        "HTTP://[::1]:80,::1,80,'',[::1]",
        "http://[::1]:8000/a/b,::1,8000,/a/b,[::1]:8000",
    })
    void address_isTakenApart(String text, String host, int port, String path, String authority) {
        BaseUrl url = BaseUrl.parse(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.path()).isEqualTo(path);
        assertThat(url.authority()).isEqualTo(authority);
        assertThat(BaseUrl.parse(url.toString())).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "ftp://s3cret",
                "https://",
                "https:///v1",
                "http://s3cret:@host/v1",
                "http://u:s3cret@host/v1",
                "http://host/v1?key=s3cret",
                "http://host/v1#s3cret",
                "http://host:0/s3cret",
                "http://host:65536/s3cret",
                "http://ho st/s3cret",
                "http://host/s3cret\n"
            })
    void address_thatIsNone_saysWhatToWriteAndRepeatsNothing(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.parse(text))
                .satisfies(e ->
                        assertThat(e.getMessage()).contains("; write ").doesNotContain("s3cret"));
    }

    @Test
    void secret_isComparedWholeAndNeverPrinted() {
        Secret secret = new Secret("kéy-€");

        assertThat(secret.matches("kéy-€")).isTrue();
        assertThat(secret.matches("key-€")).isFalse();
        assertThat(secret.matches("kéy-")).isFalse();
        assertThat(secret).hasToString("***").isEqualTo(new Secret("kéy-€"));
        assertThat(secret.reveal()).isEqualTo("kéy-€");
    }
}
