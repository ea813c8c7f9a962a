package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Proxy;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `providers: {…}`. A provider that is refused still counts as known, so that routes to it
/// are not refused for its sake.
final class ProviderReader {

    private static final Set<String> KEYS = keys();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern OPERATION =
            Pattern.compile("/(chat/completions|completions|embeddings|messages)$");
    private static final Set<String> DIALECTS = Set.of("openai", "anthropic");

    private final WaitingReader waiting;
    private final ProxyRules proxies;
    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final Map<String, Level> levels = new LinkedHashMap<>();

    ProviderReader(WaitingReader waiting, Map<String, String> environment) {
        this.waiting = waiting;
        this.proxies = new ProxyRules(environment);
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(WaitingReader.KEYS);
        keys.addAll(ProviderPolicyReader.KEYS);
        keys.addAll(Set.of("dialect", "base-url", "api-key", "api-keys", "headers"));
        keys.addAll(Set.of("http-version", "ca-file", "proxy"));
        return keys;
    }

    void read(Section names) {
        names.fields().forEach(this::read);
    }

    /// Those that are well written.
    Map<String, Provider> providers() {
        return providers;
    }

    /// What every provider named in the file says about waiting.
    Map<String, Level> levels() {
        return levels;
    }

    private void read(String name, Field field) {
        if (!NAME.matcher(name).matches()) {
            field.refuse("not a provider's name; write letters, digits, dots and dashes");
        }
        Section section = field.section(KEYS);
        Dialect dialect = dialect(section.require("dialect", "openai"));
        Upstream upstream = upstream(section);
        ApiKey apiKey = SecretReader.apiKey(section);
        Map<String, Secret> headers = SecretReader.headers(section.names("headers"));
        ProviderPolicy policy = ProviderPolicyReader.read(section);
        Level level =
                new Level(
                        field.path() + ".",
                        waiting.timeouts(section, field.path() + "."),
                        waiting.keepAlive(section));
        levels.put(name, level);
        if (dialect != null && upstream != null) {
            warnOfPath(section, dialect, upstream.baseUrl());
        }
        if (dialect != null && upstream != null && NAME.matcher(name).matches()) {
            providers.put(
                    name,
                    new Provider(
                            name,
                            dialect,
                            upstream,
                            apiKey,
                            headers,
                            level.timeouts(),
                            level.keepAlive(),
                            policy));
        }
    }

    /// The SDKs differ in who writes the version; a copied address is often the other's.
    private static void warnOfPath(Section section, Dialect dialect, BaseUrl url) {
        Field field = section.get("base-url");
        if (field != null && dialect == Dialect.OPENAI && url.path().isEmpty()) {
            field.warn("an OpenAI address has a path; write it with /v1 at its end");
        }
        if (field != null && OPERATION.matcher(url.path()).find()) {
            field.warn("the gateway adds the operation itself; write the address up to there");
        }
        if (field != null && dialect == Dialect.ANTHROPIC && url.path().endsWith("/v1")) {
            field.warn("the Anthropic dialect adds /v1 itself; write it without /v1");
        }
    }

    private static @Nullable Dialect dialect(@Nullable Field field) {
        return field == null ? null : field.read(ProviderReader::dialect, "openai or anthropic");
    }

    private static Dialect dialect(String text) {
        for (Dialect dialect : Dialect.values()) {
            if (dialect.key().equals(text)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException(
                "unknown dialect; write " + Section.meant(text.toLowerCase(Locale.ROOT), DIALECTS));
    }

    private @Nullable Upstream upstream(Section section) {
        Field address = section.require("base-url", "https://api.openai.com/v1");
        BaseUrl url =
                address == null ? null : address.read(BaseUrl::parse, "an http or https address");
        Field ca = section.get("ca-file");
        String caFile = ca == null ? null : ca.read(CaFile::check, "the path of a PEM file");
        HttpVersionChoice version =
                Written.choice(
                        section.get("http-version"),
                        List.of(HttpVersionChoice.values()),
                        HttpVersionChoice::key,
                        HttpVersionChoice.AUTO);
        Proxy proxy =
                url == null || address == null
                        ? null
                        : proxies.read(section.get("proxy"), address, url);
        return url == null ? null : new Upstream(url, caFile, proxy, version);
    }
}
