package dev.ebbgate.gateway.config;

import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.upkeep.Admin;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Reads where operators reach the gateway: `admin: {…}`, or `off`.
final class AdminReader {

    private static final Set<String> KEYS = Set.of("host", "port", "key", "writes");
    private static final String EXAMPLE = "off, or {host: 127.0.0.1, port: 12001}";

    private AdminReader() {}

    /// @param listen where clients reach it
    static Admin read(Section top, Listen listen) {
        Field field = top.get("admin");
        if (field == null || field.isNothing()) {
            return Admin.DEFAULT;
        }
        if (field.isScalar()) {
            String text = field.text();
            if (text != null && !text.equals("off")) {
                field.refuse("admin is off or has an address; write " + EXAMPLE);
            }
            return Admin.OFF;
        }
        return read(field, field.section(KEYS, EXAMPLE), listen);
    }

    private static Admin read(Field field, Section section, Listen listen) {
        Listen own = ConfigReader.listen(section, Admin.ADDRESS);
        Field keyField = section.get("key");
        Secret key = SecretReader.optionalKey(keyField);
        boolean writes =
                Written.choice(
                        section.get("writes"), List.of(true, false), on -> on ? "on" : "off", true);
        if (own.port() != 0 && own.equals(listen)) {
            field.refuse("clients are served there; write another port, or another listen.port");
        }
        if (!own.isLoopback() && key == null) {
            refuse(section.get("host"), keyField);
            return Admin.OFF;
        }
        return new Admin(own, key, writes, true);
    }

    /// A key that was refused has been spoken of already.
    private static void refuse(@Nullable Field host, @Nullable Field key) {
        if (host != null && (key == null || !key.isRefused())) {
            host.refuse(
                    "other machines could change the gateway and no key is asked; write admin.key,"
                            + " or 127.0.0.1");
        }
    }
}
