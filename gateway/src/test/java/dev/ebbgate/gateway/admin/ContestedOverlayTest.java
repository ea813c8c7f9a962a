package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.gateway.live.FileOverlay;
import dev.ebbgate.gateway.site.RawAnswer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// An overlay that others change at the same time.
class ContestedOverlayTest {

    private static final String CODER = "/routes/coder";
    private static final String IDLE = "{\"timeouts\": {\"stream-idle\": \"300s\"}}";

    @TempDir private Path folder = Path.of("");

    /// Somebody else is faster so many times.
    ///
    /// @param file where it is kept
    private record Contested(OverlayStore file, AtomicInteger times) implements OverlayStore {

        @Override
        public String place() {
            return file.place();
        }

        @Override
        public Overlay read() throws Unavailable {
            return file.read();
        }

        @Override
        public boolean replace(Overlay next) throws Unavailable {
            return times.getAndDecrement() <= 0 && file.replace(next);
        }
    }

    private AdminSite lostBefore(int times) {
        return new AdminSite(
                folder,
                "writes: on",
                new Contested(FileOverlay.in(folder), new AtomicInteger(times)));
    }

    @Test
    void changeWithoutAPrecondition_isTriedUntilItGoesThrough() {
        try (AdminSite site = lostBefore(8)) {
            assertThat(site.ask("PATCH", CODER, IDLE).status()).isEqualTo(200);
            assertThat(site.get(CODER).text()).contains("admin routes.coder.timeouts.stream-idle");
        }
    }

    @Test
    void changeThatOthersKeepFromGoingThrough_saysSo() {
        try (AdminSite site = lostBefore(Integer.MAX_VALUE)) {
            RawAnswer answer = site.ask("PATCH", CODER, IDLE);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("others kept changing the overlay");
            assertThat(site.get("/overlay").text()).doesNotContain("stream-idle");
        }
    }
}
