package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.upkeep.EventSettings;
import dev.ebbgate.core.upkeep.EventSettings.Webhook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Objects;

/// Where events go, and when consumers leave, as configured.
class EventsLoadingTest {

    @Test
    void nothingWritten_writesNothing() {
        assertThat(events("")).isEqualTo(EventSettings.DEFAULT);
        assertThat(EventSettings.DEFAULT.isOn()).isFalse();
    }

    @Test
    void everyKey_isMapped() {
        EventSettings events =
                events(
                        """
                        events:
                          stdout: on
                          file: log/events.jsonl
                          webhook:
                            url: "https://hooks.example.com/x"
                            secret: c4nary
                            timeout: 3s
                            retry-for: 5m
                            queue: 7
                            proxy: "http://proxy.example:3128"
                        """);

        assertThat(events.stdout()).isTrue();
        assertThat(events.file()).isEqualTo("log/events.jsonl");
        Webhook webhook = Objects.requireNonNull(events.webhook());
        assertThat(webhook.upstream().baseUrl()).hasToString("https://hooks.example.com/x");
        assertThat(webhook.upstream().proxy()).isNotNull();
        assertThat(webhook.delivery())
                .isEqualTo(new EventSettings.Delivery(Span.ofSeconds(3), Span.ofSeconds(300), 7));
        assertThat(events.toString()).as("a secret prints nothing").doesNotContain("c4nary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "events: {stdout: yes} | events.stdout: unknown value",
                "events: {file: ''} | events.file: an empty path",
                "events: {webhook: {secret: s}} | events.webhook.url: this key is missing",
                "events: {webhook: {url: 'ftp://h'}} | events.webhook.url: not an http or https",
                "events: {webhook: {url: 'http://h', secret: ''}} | secret: an empty secret signs",
                "events: {webhook: {url: 'http://h', timeout: off}} | timeout: this time cannot be"
                        + " off",
                "events: {webhook: {url: 'http://h', queue: 0}} | queue: a whole number",
                "routes: {c: {targets: [vllm/a], consumer-cancels-after: 660}} | has no unit",
                "routes: {c: {targets: [vllm/a], consumer-cancels-after: 5ms}} | no consumer leaves"
                        + " so soon"
            })
    void whatCannotBeMeant_isRefusedWithWhatToWrite(String yaml, String problem) {
        assertThat(Loading.problems(Loading.PROVIDER + yaml))
                .hasSize(1)
                .first()
                .asString()
                .contains(problem)
                .contains("write ");
    }

    @Test
    void aConsumerThatLeavesBeforeItsLimitCanTellIt_isWarnedOf() {
        assertThat(
                        Loading.warnings(
                                Loading.PROVIDER
                                        + "routes: {c: {targets: [vllm/a], consumer-cancels-after:"
                                        + " 660s}}"))
                .anyMatch(line ->
                        line.contains(
                                "routes.c.consumer-cancels-after: the consumer leaves"
                                        + " after 11m, before request 1h (default)"));
    }

    @Test
    void aConsumerThatWaitsAsLongAsItsLimit_isNotWarnedOf() {
        assertThat(
                        Loading.warnings(
                                Loading.PROVIDER
                                        + "routes: {c: {targets: [vllm/a], timeouts: {request:"
                                        + " 11m}, consumer-cancels-after: 660s}}"))
                .isEmpty();
    }

    private static EventSettings events(String yaml) {
        return Loading.config(Loading.PROVIDER + yaml).upkeep().events();
    }
}
