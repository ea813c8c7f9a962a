package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// `serve`, around a gateway that is none.
class ServeTest {
    private static final Map<String, String> BOTH =
            Map.of("OPENAI_API_KEY", "sk-secret", "ANTHROPIC_API_KEY", "sk-secret");

    @TempDir private Path folder = Path.of("");
    private final FakeGateway gateway = new FakeGateway();

    @Test
    void start_printsWhatWasFoundAndHowToUseIt_onStderr() {
        Run run = serve(BOTH);

        assertThat(run.err())
                .contains("found openai", "found claude")
                .contains("export OPENAI_BASE_URL=http://127.0.0.1:4242/v1\n")
                .contains("export ANTHROPIC_BASE_URL=http://127.0.0.1:4242\n")
                .doesNotContain("sk-secret");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void signal_drains_closes_andEndsWithZero() {
        Run run = serve(BOTH);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("draining");
        assertThat(run.err().indexOf("draining"))
                .as("who is greeted may signal at once")
                .isLessThan(run.err().indexOf("ebbgate listens"));
        assertThat(gateway.drained).isTrue();
        assertThat(gateway.closed).isTrue();
    }

    @Test
    void onlyOneDialect_getsOnlyItsLine() {
        Run run = serve(Map.of("OLLAMA_HOST", "127.0.0.1:11434"));

        assertThat(run.err()).contains("OPENAI_BASE_URL").doesNotContain("ANTHROPIC_BASE_URL");
    }

    @Test
    void portInUse_isToldWithoutStackTrace() {
        World.Gate busy =
                (_, _) -> {
                    throw new CompletionException(new BindException("Address already in use"));
                };

        Run run = Run.in(new World(BOTH, folder, busy, _ -> {}), "serve");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("ebbgate: Address already in use").doesNotContain("\tat ");
    }

    @Test
    void noProvider_saysWhatToSet() {
        Run run = Run.in(folder, Map.of(), "serve");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("OPENAI_API_KEY", "VLLM_BASE_URL");
    }

    /// Serves until the first signal, which comes at once.
    private Run serve(Map<String, String> environment) {
        return Run.in(
                new World(
                        environment, folder, (_, _) -> gateway, shutdown -> shutdown.onSignal(15)),
                "serve");
    }

    private static final class FakeGateway implements Running {
        private boolean drained;
        private boolean closed;

        @Override
        public int port() {
            return 4242;
        }

        @Override
        public CompletionStage<Void> drain() {
            drained = true;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void hurry() {
            throw new AssertionError("one signal came");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
