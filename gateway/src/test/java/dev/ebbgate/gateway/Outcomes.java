package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// What a client must see, as rows of tables name it.
sealed interface Outcomes {

    /// Holds a reply against what must be seen.
    ///
    /// @param direct what the provider sent, where nobody stands between
    void check(Seen seen, Reply direct);

    /// A reply with its request.
    record Seen(Ask ask, Reply reply) {

        boolean headFirst() {
            return ask.streamed() && reply.status() == 200;
        }

        /// The error object, from the body or from the last frame.
        JsonNode error() {
            if (!headFirst()) {
                return reply.json().get("error");
            }
            List<String> events = reply.events();
            assertThat(events).noneMatch(event -> event.startsWith(ask.speech().terminal()));
            String last = events.getLast();
            assertThat(last)
                    .startsWith(ask.speech() == Speech.OPENAI ? "data: {" : "event: error\ndata: ");
            return Reply.data(last).get("error");
        }
    }

    /// The provider's answer, byte for byte.
    record Same() implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            assertThat(seen.reply().status()).isEqualTo(200);
            assertThat(seen.reply().header("x-ebbgate-id")).startsWith("ebb-");
            Speech speech = seen.ask().speech();
            assertThat(seen.reply().events(speech)).isEqualTo(direct.events(speech));
        }
    }

    /// The provider's answer with the end that it lacked.
    record Repaired() implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            Speech speech = seen.ask().speech();
            List<String> events = seen.reply().events(speech);
            assertThat(seen.reply().status()).isEqualTo(200);
            assertThat(events.getLast()).startsWith(speech.terminal());
            assertThat(events.subList(0, events.size() - 1)).isEqualTo(direct.events(speech));
        }
    }

    /// The provider's answer but for one event that would have killed the client.
    record Skipped() implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            Speech speech = seen.ask().speech();
            List<String> expected = direct.events(speech);
            List<String> events = seen.reply().events(speech);
            assertThat(events).hasSize(expected.size() - 1);
            assertThat(expected).containsSubsequence(events);
            assertThat(events.getLast()).startsWith(speech.terminal());
        }
    }

    /// The provider's own error: verbatim while nothing was sent, else as a frame; who has been
    /// asked again by the gateway need not be by the client.
    record Own(int status) implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            assertThat(direct.status()).isEqualTo(status);
            if (seen.headFirst()) {
                JsonNode error = seen.error();
                assertThat(error.get("message"))
                        .isEqualTo(direct.json().get("error").get("message"));
                Particulars.check(error, seen, "first-token", null);
            } else {
                assertThat(seen.reply().status()).isEqualTo(status);
                assertThat(seen.reply().body()).isEqualTo(direct.body());
                assertThat(seen.reply().header("retry-after"))
                        .isEqualTo(direct.header("retry-after"));
                boolean repeated = !seen.reply().header("x-ebbgate-attempts").equals("1");
                assertThat(seen.reply().header("x-should-retry"))
                        .isEqualTo(repeated ? "false" : "");
            }
        }
    }

    /// An error of a provider inside its 200.
    record Inside(String phase) implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            JsonNode error = seen.error();
            assertThat(error.get("message").asText()).doesNotContain("provider");
            assertThat(seen.reply().status()).isIn(200, 500, 502, 529);
            Particulars.check(error, seen, phase, null);
        }
    }

    /// Our own word on a failure.
    record Cause(String code, String phase, String words) implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            JsonNode error = seen.error();
            assertThat(seen.reply().status()).isIn(seen.headFirst() ? 200 : 502);
            assertThat(error.get("message").asText()).contains(words);
            assertThat(error.get("type").asText())
                    .isEqualTo(
                            seen.ask().speech() == Speech.OPENAI ? "upstream_error" : "api_error");
            Particulars.check(error, seen, phase, null);
            if (seen.ask().speech() == Speech.OPENAI) {
                assertThat(error.get("code").asText()).isEqualTo(code);
            }
            assertThat(seen.reply().header("x-should-retry"))
                    .as("the gateway has asked again itself, unless an answer had begun")
                    .isEqualTo(seen.headFirst() ? "" : "false");
        }
    }

    /// A limit that fired.
    record Limited(String limit, String value, String phase, String words) implements Outcomes {
        @Override
        public void check(Seen seen, Reply direct) {
            JsonNode error = seen.error();
            boolean head = seen.headFirst();
            assertThat(seen.reply().status()).isIn(head ? 200 : 504);
            assertThat(seen.reply().header("x-should-retry")).isEqualTo(head ? "" : "false");
            assertThat(error.get("message").asText())
                    .startsWith(words)
                    .contains("(limit " + value + " from timeouts." + limit + ")")
                    .contains("in phase " + phase);
            assertThat(error.get("type").asText()).isEqualTo("timeout_error");
            if (seen.ask().speech() == Speech.OPENAI) {
                assertThat(error.get("code").asText()).isEqualTo(limit);
            }
            Particulars.check(error, seen, phase, this);
        }
    }

    /// The ten members of `error.ebbgate`, and the attempts where there were several.
    final class Particulars {

        private static final Set<String> MEMBERS =
                Set.of(
                        "exchange",
                        "fault",
                        "phase",
                        "limit",
                        "value",
                        "source",
                        "elapsed_ms",
                        "target",
                        "attempt",
                        "committed");

        /// One retry, and three that a connection from the pool may cost.
        private static final int MOST_ATTEMPTS = 5;

        private Particulars() {}

        /// A limit is never waited for twice.
        private static void attempts(JsonNode own, int attempt, boolean limited) {
            assertThat(attempt).isBetween(1, limited ? 1 : MOST_ATTEMPTS);
            if (attempt > 1) {
                assertThat(own.get("attempts")).hasSize(attempt);
                assertThat(own.get("attempts"))
                        .allMatch(a -> a.get("target").equals(own.get("target")))
                        .noneMatch(a -> a.get("cause").asText().isEmpty());
            }
        }

        static void check(JsonNode error, Seen seen, String phase, @Nullable Limited limited) {
            JsonNode own = error.get("ebbgate");
            int attempt = own.get("attempt").asInt();
            assertThat(own.properties())
                    .extracting(e -> e.getKey())
                    .containsAll(MEMBERS)
                    .hasSize(MEMBERS.size() + (attempt > 1 ? 1 : 0));
            attempts(own, attempt, limited != null);
            assertThat(own.get("exchange").asText()).isEqualTo(seen.reply().header("x-ebbgate-id"));
            assertThat(own.get("fault").asText()).isEqualTo("provider");
            assertThat(own.get("phase").asText()).isEqualTo(phase);
            assertThat(own.get("target").asText()).isEqualTo(seen.ask().model());
            assertThat(own.get("committed").asBoolean())
                    .isEqualTo(seen.ask().streamed() && phase.equals("stream"));
            if (limited == null) {
                assertThat(own.get("limit").isNull()).isTrue();
                assertThat(own.get("value").isNull()).isTrue();
                assertThat(own.get("source").isNull()).isTrue();
            } else {
                assertThat(own.get("limit").asText()).isEqualTo(limited.limit);
                assertThat(own.get("value").asText()).isEqualTo(limited.value);
                assertThat(own.get("source").asText()).isEqualTo("timeouts." + limited.limit);
                assertThat(own.get("elapsed_ms").asLong())
                        .isGreaterThanOrEqualTo(Long.parseLong(limited.value.replace("ms", "")));
            }
        }
    }
}
