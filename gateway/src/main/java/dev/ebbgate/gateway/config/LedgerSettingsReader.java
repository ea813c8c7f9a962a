package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.core.upkeep.LedgerSettings.Store;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;

/// Reads where exchanges are recorded: `ledger: {…}`, or `ledger: off`.
final class LedgerSettingsReader {

    private static final Set<String> KEYS = Set.of("path", "url", "user", "password", "retention");
    private static final Set<String> RETENTION = Set.of("entries", "minutes", "hours");
    private static final String SERVER = "jdbc:postgresql:";
    private static final String URL = "url: \"jdbc:postgresql://127.0.0.1/ebbgate\"";

    private final Section section;

    private LedgerSettingsReader(Section section) {
        this.section = section;
    }

    static LedgerSettings read(Section top) {
        Field field = top.get("ledger");
        if (field == null || field.isNothing()) {
            return LedgerSettings.DEFAULT;
        }
        if (field.isScalar()) {
            Written.value(field, LedgerSettingsReader::off, "off", "off");
            return new LedgerSettings(new LedgerSettings.Off(), Retention.DEFAULT);
        }
        LedgerSettingsReader reader = new LedgerSettingsReader(field.section(KEYS));
        return new LedgerSettings(reader.store(), reader.retention());
    }

    private static String off(String text) {
        if (!text.equals("off")) {
            throw new IllegalArgumentException(
                    "the ledger is off, or has keys; write off, or {path: ledger.db}");
        }
        return text;
    }

    private Store store() {
        Field path = section.get("path");
        Field url = section.get("url");
        if (url == null) {
            refuseWithoutServer(section.get("user"));
            refuseWithoutServer(section.get("password"));
            return file(path);
        }
        if (path != null) {
            url.refuse("path and url stand side by side; write only one of them");
        }
        String address = url.read(LedgerSettingsReader::server, URL);
        Field user = section.get("user");
        return address == null
                ? new LedgerSettings.Off()
                : new LedgerSettings.Server(address, user == null ? null : user.text(), password());
    }

    private static Store file(@Nullable Field path) {
        String text = path == null ? LedgerSettings.PATH : path.text();
        if (path != null && text != null && text.isBlank()) {
            path.refuse("a path is not empty; write for example " + LedgerSettings.PATH);
        }
        return text == null || text.isBlank()
                ? new LedgerSettings.Off()
                : new LedgerSettings.File(text);
    }

    private static void refuseWithoutServer(@Nullable Field field) {
        if (field != null) {
            field.refuse("it belongs to a server, and a file has none; write " + URL);
        }
    }

    private static String server(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(SERVER)) {
            throw new IllegalArgumentException(
                    "only PostgreSQL is known as a server; write " + URL + ", or path for a file");
        }
        if (lower.contains("password=") || text.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "credentials have no place in an address; write them under user and password");
        }
        return text;
    }

    private @Nullable Secret password() {
        Field field = section.get("password");
        String text = field == null ? null : field.text();
        return text == null || text.isEmpty() ? null : new Secret(text);
    }

    private Retention retention() {
        Section written = section.section("retention", RETENTION);
        Retention byDefault = Retention.DEFAULT;
        return new Retention(
                span(written.get("entries"), byDefault.entries()),
                span(written.get("minutes"), byDefault.minutes()),
                span(written.get("hours"), byDefault.hours()));
    }

    private static Span span(@Nullable Field field, Span byDefault) {
        return Written.value(
                field, LedgerSettingsReader::kept, "a duration such as 720h", byDefault);
    }

    private static Span kept(String text) {
        Span span = Span.parse(text);
        if (Retention.SHORTEST.isLongerThan(span)) {
            throw new IllegalArgumentException(
                    "it would be gone before anyone looks; write "
                            + Retention.SHORTEST
                            + " or more, or off for ever");
        }
        return span;
    }
}
