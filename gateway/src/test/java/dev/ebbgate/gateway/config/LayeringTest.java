package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The file and what operators changed, read as one configuration.
class LayeringTest {

    private static final String PROVIDERS =
            "providers: {p: {dialect: openai, base-url: \"http://h/v1\"%s}}\n";

    private static OverlayEntry entry(Section section, String key, @Nullable String json) {
        String name = section == Section.ROUTES ? "coder" : "p";
        return new OverlayEntry(new OverlayKey(section, name, key), json, 0);
    }

    private static Layered load(String text, OverlayEntry... entries) {
        Overlay overlay = new Overlay(1, List.of(entries));
        return switch (Layering.load("f.yaml", text, Map.of(), overlay)) {
            case Layering.Together(Layered layered) -> layered;
            case Layering.Bad(var problems) -> throw new AssertionError(problems);
        };
    }

    private static String idle(Layered layered) {
        var config = layered.config();
        var route = Objects.requireNonNull(config.routes().get("coder"));
        var provider = Objects.requireNonNull(config.providers().get("p"));
        ResolvedLimit limit =
                Resolver.timeouts(Level.all(config, provider, route)).get(Limit.STREAM_IDLE);
        return limit.value() + " " + limit.source();
    }

    /// `-`: nothing is written there; `inherit`: the overlay hides the file's value.
    @ParameterizedTest(name = "file {0}/{1}, overlay {2}/{3}")
    @DisplayName("O3 overlay against file, in every combination")
    @CsvSource({
        "-, -, -, -, 2m default",
        "10s, -, -, -, 10s providers.p.timeouts.stream-idle",
        "-, 20s, -, -, 20s routes.coder.timeouts.stream-idle",
        "10s, 20s, -, -, 20s routes.coder.timeouts.stream-idle",
        "-, -, 30s, -, 30s admin providers.p.timeouts.stream-idle",
        "10s, -, 30s, -, 30s admin providers.p.timeouts.stream-idle",
        "-, 20s, 30s, -, 20s routes.coder.timeouts.stream-idle",
        "10s, 20s, 30s, -, 20s routes.coder.timeouts.stream-idle",
        "-, -, -, 40s, 40s admin routes.coder.timeouts.stream-idle",
        "10s, -, -, 40s, 40s admin routes.coder.timeouts.stream-idle",
        "-, 20s, -, 40s, 40s admin routes.coder.timeouts.stream-idle",
        "10s, 20s, 30s, 40s, 40s admin routes.coder.timeouts.stream-idle",
        "10s, 20s, -, inherit, 10s providers.p.timeouts.stream-idle",
        "-, 20s, -, inherit, 2m default",
        "10s, 20s, inherit, inherit, 2m default",
        "10s, 20s, 30s, inherit, 30s admin providers.p.timeouts.stream-idle",
        "-, 20s, -, off, off admin routes.coder.timeouts.stream-idle",
    })
    void overlay_winsKeyByKey(
            String fileProvider, String fileRoute, String provider, String route, String expected) {
        String yaml =
                PROVIDERS.formatted(timeouts(fileProvider))
                        + "routes: {coder: {targets: [p/m]"
                        + timeouts(fileRoute)
                        + "}}\n";
        List<OverlayEntry> entries =
                Stream.of(of(Section.PROVIDERS, provider), of(Section.ROUTES, route))
                        .flatMap(List::stream)
                        .toList();

        Layered layered = load(yaml, entries.toArray(OverlayEntry[]::new));

        assertThat(idle(layered)).isEqualTo(expected);
        int hides =
                (!fileProvider.equals("-") && !provider.equals("-") ? 1 : 0)
                        + (!fileRoute.equals("-") && !route.equals("-") ? 1 : 0);
        assertThat(layered.hidden()).hasSize(hides);
    }

    private static String timeouts(String value) {
        return value.equals("-") ? "" : ", timeouts: {stream-idle: " + value + "}";
    }

    private static List<OverlayEntry> of(Section section, String value) {
        return switch (value) {
            case "-" -> List.of();
            case "inherit" -> List.of(entry(section, "timeouts.stream-idle", null));
            default -> List.of(entry(section, "timeouts.stream-idle", "\"" + value + "\""));
        };
    }

    @Test
    void entryThatNoLongerFits_isSetAsideAndSaid_theOthersHold() {
        String yaml = PROVIDERS.formatted("") + "routes: {coder: {targets: [p/m]}}\n";
        OverlayEntry gone =
                new OverlayEntry(
                        new OverlayKey(Section.ROUTES, "gone", "timeouts.attempt"), "\"9m\"", 0);

        Layered layered =
                load(yaml, gone, entry(Section.ROUTES, "timeouts.stream-idle", "\"40s\""));

        assertThat(idle(layered)).startsWith("40s admin");
        assertThat(layered.aside()).extracting(Layered.Aside::entry).containsExactly(gone);
        assertThat(layered.aside().getFirst()).asString().contains("routes.gone", "set aside");
        assertThat(layered.overlay().entries()).as("it is kept").contains(gone);
    }

    @Test
    void anchoredValue_changesWhereItWasChanged_andNowhereElse() {
        String yaml =
                PROVIDERS.formatted("")
                        + "routes:\n"
                        + "  other: {targets: [p/m], timeouts: &t {stream-idle: 20s}}\n"
                        + "  coder: {targets: [p/m], timeouts: *t}\n";

        Layered layered = load(yaml, entry(Section.ROUTES, "timeouts.stream-idle", "\"40s\""));

        assertThat(idle(layered)).startsWith("40s");
        assertThat(layered.config().routes().get("other"))
                .extracting(route -> route.timeouts().value(Limit.STREAM_IDLE))
                .hasToString("20s");
    }

    @Test
    void badFile_isRefusedWhateverTheOverlaySays() {
        Layering.Result result = Layering.load("f.yaml", "providers: {}", Map.of(), Overlay.EMPTY);

        assertThat(result).isInstanceOf(Layering.Bad.class);
    }
}
