package dev.ebbgate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.ledger.Ledger;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Predicate;

class CallerTest {
    @Test
    void callWithoutEnd_isGivenUp_beforeTheHead() {
        Reply reply = ask("brisk", Duration.ofMillis(300), _ -> true);

        assertThat(reply.broken()).map(Seen.Broken::why).contains("no end within 0.30s");
        assertThat(reply.status()).isZero();
    }

    @Test
    void callWithoutEnd_isGivenUp_inMidBody() {
        Reply reply = ask("patient", Duration.ofMillis(1_200), _ -> true);

        assertThat(reply.broken()).map(Seen.Broken::why).contains("no end within 1.20s");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.isFinished()).isFalse();
    }

    @Test
    void clientThatLeaves_seesNothingMore() {
        Reply reply =
                ask("eager", Duration.ofSeconds(10), seen -> !(seen instanceof Seen.KeptAlive));

        assertThat(reply.left()).isPresent();
        assertThat(reply.broken()).isEmpty();
        assertThat(reply.seen().getLast()).isInstanceOf(Seen.Left.class);
    }

    private static Reply ask(String route, Duration patience, Predicate<Seen> stays) {
        try (Theatre theatre = Theatre.open(Tempo.QUICK, Ledger.NONE)) {
            Dialect dialect = route.equals("eager") ? Dialect.ANTHROPIC : Dialect.OPENAI;
            HttpRequest request = Caller.request(theatre.url(), dialect, route);
            return Caller.ask(request, patience, stays);
        }
    }
}
