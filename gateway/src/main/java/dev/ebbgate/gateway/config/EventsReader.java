package dev.ebbgate.gateway.config;

import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Proxy;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;
import dev.ebbgate.core.upkeep.EventSettings;
import dev.ebbgate.core.upkeep.EventSettings.Delivery;
import dev.ebbgate.core.upkeep.EventSettings.Webhook;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads where events go: `events: {…}`.
final class EventsReader {

    private static final Set<String> KEYS = Set.of("stdout", "file", "webhook");
    private static final Set<String> WEBHOOK =
            Set.of("url", "secret", "timeout", "retry-for", "queue", "ca-file", "proxy");
    private static final int MOST_WAITING = 1_000_000;

    private final ProxyRules proxies;

    EventsReader(Map<String, String> environment) {
        this.proxies = new ProxyRules(environment);
    }

    EventSettings read(Section top) {
        Field field = top.get("events");
        if (field == null || field.isNothing()) {
            return EventSettings.DEFAULT;
        }
        Section section = field.section(KEYS, "for example {stdout: on, file: events.jsonl}");
        boolean stdout =
                Written.choice(
                        section.get("stdout"),
                        List.of(true, false),
                        on -> on ? "on" : "off",
                        false);
        Field file = section.get("file");
        String path = file == null ? null : file.read(EventsReader::path, "the path of a file");
        Field webhook = section.get("webhook");
        return new EventSettings(stdout, path, webhook == null ? null : webhook(webhook));
    }

    private static String path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty path; write the path of a file");
        }
        return text;
    }

    private @Nullable Webhook webhook(Field field) {
        Section section =
                field.section(
                        WEBHOOK, "for example {url: \"https://example.com/hook\", secret: \"…\"}");
        Field address = section.require("url", "https://example.com/hook");
        BaseUrl url =
                address == null ? null : address.read(BaseUrl::parse, "an http or https address");
        Field ca = section.get("ca-file");
        String caFile = ca == null ? null : ca.read(CaFile::check, "the path of a PEM file");
        Secret secret = secret(section.get("secret"));
        Delivery byDefault = Delivery.DEFAULT;
        Delivery delivery =
                new Delivery(
                        Written.wait(section.get("timeout"), byDefault.timeout()),
                        Written.wait(section.get("retry-for"), byDefault.retryFor()),
                        Written.count(section.get("queue"), 1, MOST_WAITING, byDefault.queue()));
        if (address == null || url == null) {
            return null;
        }
        Proxy proxy = proxies.read(section.get("proxy"), address, url);
        Upstream upstream = new Upstream(url, caFile, proxy, HttpVersionChoice.AUTO);
        return new Webhook(upstream, secret, delivery);
    }

    private static @Nullable Secret secret(@Nullable Field field) {
        String text = field == null ? null : field.text();
        if (field != null && text != null && text.isEmpty()) {
            field.refuse("an empty secret signs nothing; write a long random one, or leave it out");
        }
        return text == null || text.isEmpty() ? null : new Secret(text);
    }
}
