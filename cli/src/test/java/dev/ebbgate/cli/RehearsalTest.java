package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void everyRequest_isAnswered() {
        assertThatCode(Rehearsal::play).doesNotThrowAnyException();
    }
}
