package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a client says of its own patience is in the entry of its exchange, for a cliff is held
/// against it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlineTest {

    private final GatewayFixture gateway = GatewayFixture.with("");

    @BeforeEach
    void forget() {
        gateway.entries().clear();
    }

    @AfterAll
    void close() {
        gateway.close();
    }

    @Test
    void aDeadlineThatIsSent_isTheCallsOwn() {
        gateway.call(Speech.OPENAI.stream("burst").header("x-ebbgate-deadline", "90s"));

        assertThat(entry().asked().deadline()).isEqualTo(Span.ofSeconds(90));
    }

    @Test
    void whatAnSdkSaysOfAWholeCall_isItsDeadlineLessTheWayBack() {
        gateway.call(Speech.ANTHROPIC.whole("burst").header("x-stainless-timeout", "600"));

        assertThat(entry().asked().deadline()).isEqualTo(Span.ofMillis(599_500));
    }

    @Test
    void aCallThatSaysNothing_hasNone() {
        gateway.call(Speech.OPENAI.stream("burst"));

        assertThat(entry().asked().deadline()).isNull();
    }

    private Entry entry() {
        gateway.settled();
        return gateway.entries().remove();
    }
}
