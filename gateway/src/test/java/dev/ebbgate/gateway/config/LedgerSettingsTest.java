package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.LedgerSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// Where exchanges are recorded, as the file says.
class LedgerSettingsTest {

    private static LedgerSettings read(String yaml) {
        return Loading.config(Loading.PROVIDER + yaml).ledger();
    }

    @Test
    void nothingWritten_isTheFileBesideTheConfiguration() {
        assertThat(read("")).isEqualTo(LedgerSettings.DEFAULT);
        assertThat(read("ledger:")).isEqualTo(LedgerSettings.DEFAULT);
    }

    @Test
    void off_recordsNothing() {
        assertThat(read("ledger: off").store()).isEqualTo(new LedgerSettings.Off());
    }

    @Test
    void server_isReadWithItsCredentials() {
        String yaml =
                "ledger: {url: \"jdbc:postgresql://db/e\", user: me, password: \"${P:-hush}\"}";

        assertThat(read(yaml).store())
                .isEqualTo(
                        new LedgerSettings.Server(
                                "jdbc:postgresql://db/e", "me", new Secret("hush")));
    }

    @Test
    void retention_isReadKeyByKey() {
        LedgerSettings.Retention retention =
                read("ledger: {retention: {entries: 48h, hours: off}}").retention();

        assertThat(retention.entries()).isEqualTo(Span.parse("48h"));
        assertThat(retention.minutes()).isEqualTo(LedgerSettings.Retention.DEFAULT.minutes());
        assertThat(retention.hours()).isEqualTo(Span.OFF);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ledger: on|ledger: the ledger is off, or has keys; write off, or {path:"
                        + " ledger.db}",
                "ledger: {pth: a}|ledger.pth: unknown key; write path",
                "ledger: {path: a, url: \"jdbc:postgresql://db/e\"}"
                        + "|ledger.url: path and url stand side by side; write only one of them",
                "ledger: {url: \"jdbc:mysql://db/e\"}"
                        + "|ledger.url: only PostgreSQL is known as a server; write url:",
                "ledger: {url: \"jdbc:postgresql://me:hush@db/e\"}"
                        + "|ledger.url: credentials have no place in an address; write them under",
                "ledger: {user: me}|ledger.user: it belongs to a server, and a file has none;",
                "ledger: {retention: {entries: 5m}}|ledger.retention.entries: it would be gone"
                        + " before anyone looks; write 1h",
            })
    void whatCannotBe_isRefusedWithWhatToWriteInstead(String yaml, String problem) {
        assertThat(Loading.problems(Loading.PROVIDER + yaml, Map.of()))
                .anyMatch(line -> line.contains(problem))
                .noneMatch(line -> line.contains("hush"));
    }
}
