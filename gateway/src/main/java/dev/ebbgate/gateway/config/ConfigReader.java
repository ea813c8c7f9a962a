package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.core.upkeep.LedgerSettings;
import dev.ebbgate.core.upkeep.Upkeep;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the whole file from its parsed nodes, section by section.
final class ConfigReader {

    private static final Set<String> KEYS = keys();
    private static final Set<String> LISTEN = Set.of("host", "port");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");
    private static final String PROVIDER =
            "{openai: {dialect: openai, base-url: \"https://api.openai.com/v1\"}}";

    private final Reading reading;
    private final Map<String, String> environment;

    ConfigReader(Reading reading, Map<String, String> environment) {
        this.reading = reading;
        this.environment = environment;
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(WaitingReader.KEYS);
        keys.addAll(Set.of("version", "listen", "bounds", "overrides", "auth", "limits", "admin"));
        keys.addAll(Set.of("providers", "routes", "failover", "ledger", "events", "telemetry"));
        return keys;
    }

    /// The configuration, or null if anything was refused.
    @Nullable Config read(Node root) {
        Field whole = new Field(reading, "", 1, root);
        Section top = whole.section(KEYS);
        version(top.get("version"));
        WaitingReader waiting = WaitingReader.of(top);
        Policies policies = waiting.policies(top);
        Auth auth = auth(top);
        Listen listen = listen(top, auth);
        Limits limits = LimitsReader.read(top);
        LedgerSettings ledger = LedgerSettingsReader.read(top);
        Upkeep upkeep =
                new Upkeep(
                        AdminReader.read(top, listen),
                        new EventsReader(environment).read(top),
                        new TelemetryReader(reading, environment).read(top));
        ProviderReader providers = new ProviderReader(waiting, environment);
        providers.read(top.names("providers"));
        providers.providers().values().forEach(provider -> refuseLoop(provider, listen));
        RouteReader routes =
                new RouteReader(waiting, policies.failover(), providers.levels().keySet());
        routes.read(top.names("routes"));
        Consistency.check(reading, policies, providers.levels(), routes);
        Field written = top.get("providers");
        boolean readable = written == null ? whole.isMapping() : written.isMapping();
        if (providers.levels().isEmpty() && (readable || !reading.isRefused())) {
            reading.refuse("providers", "no provider is configured; write for example " + PROVIDER);
        }
        if (reading.isRefused()) {
            return null;
        }
        Config config =
                new Config(
                        listen,
                        policies,
                        auth,
                        limits,
                        ledger,
                        upkeep,
                        providers.providers(),
                        routes.routes());
        Prospects.warn(reading, config);
        return config;
    }

    /// Where operators reach the gateway, whatever else is wrong; null if that itself is.
    @Nullable Admin admin(Node root) {
        Section top = new Field(reading, "", 1, root).section(KEYS);
        int before = reading.refusals().size();
        Admin admin = AdminReader.read(top, listen(top, auth(top)));
        return reading.refusals().size() == before ? admin : null;
    }

    private static void version(@Nullable Field field) {
        String text = field == null ? "1" : field.text();
        if (field != null && text != null && !text.equals("1")) {
            field.refuse("this version of the file is not known; write version: 1");
        }
    }

    private static Auth auth(Section top) {
        return new Auth(SecretReader.authKeys(top.section("auth", Set.of("keys")).names("keys")));
    }

    private Listen listen(Section top, Auth auth) {
        Field field = top.get("listen");
        Section section =
                field == null
                        ? top.section("listen", LISTEN)
                        : field.section(LISTEN, "for example {host: 127.0.0.1, port: 12000}");
        Field hostField = section.get("host");
        Listen listen = listen(section, Listen.DEFAULT);
        boolean keyWritten = !top.section("auth", Set.of("keys")).names("keys").fields().isEmpty();
        if (hostField != null && !listen.isLoopback() && !auth.asksKey() && !keyWritten) {
            hostField.refuse(
                    "other machines could reach it and no key is asked; write auth.keys, or"
                            + " 127.0.0.1");
        }
        return listen;
    }

    /// An address, whose parts are inherited where they are not written.
    static Listen listen(Section section, Listen otherwise) {
        String port = Integer.toString(otherwise.port());
        return new Listen(
                Written.value(
                        section.get("host"), ConfigReader::host, "127.0.0.1", otherwise.host()),
                Written.value(section.get("port"), ConfigReader::port, port, otherwise.port()));
    }

    /// A provider that leads back to the gateway itself would be asked for ever.
    private void refuseLoop(Provider provider, Listen listen) {
        BaseUrl url = provider.upstream().baseUrl();
        boolean here = Listen.isLoopback(url.host()) || url.host().equals(listen.host());
        if (here && !url.tls() && url.port() == listen.port()) {
            reading.refuse(
                    "providers." + provider.name() + ".base-url",
                    "the gateway itself listens there; write the provider's address, or another"
                            + " listen.port");
        }
    }

    private static String host(String text) {
        if (!HOST.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a host; write for example 127.0.0.1 or 0.0.0.0");
        }
        return text.replaceAll("[\\[\\]]", "");
    }

    private static Integer port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("a port lies in 0..65535; write for example 12000");
        }
        return Integer.valueOf(text);
    }
}
