package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.ClosedLoop;
import dev.ebbgate.bench.load.Loops;
import dev.ebbgate.bench.upstream.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts the contestants, each as one process on a free port, in front of the same provider.
final class Contestants {
    private static final int START_MILLIS = 20_000;
    private static final int PROBE_MILLIS = 50;

    private final Site site;
    private final Tools tools;
    private final Loops loops;

    Contestants(Site site, Tools tools, Loops loops) {
        this.site = site;
        this.tools = tools;
        this.loops = loops;
    }

    /// Starts the contestant of this name and waits until it answers.
    Running start(String name) throws IOException, InterruptedException {
        Running running =
                switch (name) {
                    case Running.EBBGATE -> ebbgate(name, site.root(), "");
                    case Running.UNRECORDED -> ebbgate(name, site.root(), "ledger: off\n");
                    case Running.UNWATCHED -> ebbgate(name, site.root(), "admin: off\n");
                    case Running.BARE -> ebbgate(name, site.root(), "ledger: off\nadmin: off\n");
                    case Running.BEFORE -> ebbgate(name, Path.of(tools.before()), "");
                    case Running.NGINX -> nginx();
                    case Running.PORTKEY -> portkey();
                    case Running.DIRECT ->
                            new Running(
                                    name,
                                    site.upstreamPort(),
                                    site.upstreamPort(),
                                    "",
                                    Optional.empty());
                    default ->
                            throw new IllegalArgumentException("no contestant is called " + name);
                };
        awaitAnswer(running);
        return running;
    }

    private Running ebbgate(String name, Path checkout, String more) throws IOException {
        int port = Site.freePort();
        Path config = site.file(name + ".yaml");
        Files.writeString(config, template(checkout, "ebbgate.yaml", Map.of("PORT", port)) + more);
        Child child =
                Child.start(
                        site.work(),
                        name,
                        List.of(
                                checkout.resolve("ebbgate").toString(),
                                "serve",
                                "--config",
                                config.toString()));
        return new Running(name, port, port, "", Optional.of(child));
    }

    private Running nginx() throws IOException {
        int port = Site.freePort();
        int limited = Site.freePort();
        Path config = site.file("nginx.conf");
        Map<String, Object> values =
                Map.of(
                        "PORT",
                        port,
                        "LIMITED",
                        limited,
                        "LIMIT_SECONDS",
                        Lateness.LIMIT.toSeconds());
        Files.writeString(config, template(site.root(), "nginx.conf", values));
        Child child =
                Child.start(
                        site.work(),
                        Running.NGINX,
                        List.of(
                                tools.nginx(),
                                "-p",
                                site.work().toString(),
                                "-c",
                                config.toString(),
                                "-e",
                                "nginx-error.log"));
        return new Running(Running.NGINX, port, limited, "", Optional.of(child));
    }

    private Running portkey() throws IOException {
        int port = Site.freePort();
        Child child =
                Child.start(
                        site.work(),
                        Running.PORTKEY,
                        List.of(tools.node(), tools.portkey(), "--headless", "--port=" + port));
        String fields =
                "x-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:"
                        + site.upstreamPort()
                        + "/v1\r\n";
        return new Running(Running.PORTKEY, port, port, fields, Optional.of(child));
    }

    private String template(Path checkout, String name, Map<String, Object> values)
            throws IOException {
        String text =
                Files.readString(checkout.resolve("bench").resolve(name))
                        .replace("@UPSTREAM@", Integer.toString(site.upstreamPort()))
                        .replace("@WORK@", site.work().toString());
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue().toString());
        }
        return text;
    }

    private void awaitAnswer(Running running) throws InterruptedException {
        for (int waited = 0; waited < START_MILLIS; waited += PROBE_MILLIS) {
            if (running.child().map(Child::alive).orElse(true) && answers(running)) {
                return;
            }
            Thread.sleep(PROBE_MILLIS);
        }
        running.close();
        throw new IllegalStateException(
                running.name() + " does not answer; see " + running.name() + ".log");
    }

    private boolean answers(Running running) throws InterruptedException {
        ClosedLoop probe = ClosedLoop.start(loops, running.port(), 1, running.shot(Kind.JSON));
        Thread.sleep(PROBE_MILLIS);
        probe.stop();
        return probe.tally().count().answers() > 0 && probe.tally().firstError().isEmpty();
    }
}
