package dev.ebbgate.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;
import dev.ebbgate.core.upkeep.EventSettings;
import dev.ebbgate.core.upkeep.EventSettings.Delivery;
import dev.ebbgate.core.upkeep.EventSettings.Webhook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Events on their way to a webhook that answers, refuses, breaks or says nothing.
class WebhookTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Secret SECRET = new Secret("c4nary-webhook-secret");
    private static final Delivery PATIENT =
            new Delivery(Span.ofSeconds(20), Span.ofSeconds(20), 100);
    private static final Delivery QUICK = new Delivery(Span.ofMillis(400), Span.ofSeconds(20), 100);

    @TempDir private Path folder = Path.of("");
    private final Hook hook = new Hook();

    WebhookTest() throws IOException {}

    @AfterEach
    void close() {
        hook.close();
    }

    @Test
    void everyEvent_isPostedOnceAndInOrder() throws IOException {
        try (EventSinks sinks = sinks(PATIENT)) {
            Samples.all().forEach(sinks::tell);
        }

        List<String> messages = new ArrayList<>();
        for (Hook.Post post : hook.posts) {
            messages.add(JSON.readTree(post.body()).get("message").asText());
        }
        assertThat(messages).isEqualTo(Samples.all().map(Event::message).toList());
    }

    @Test
    void aPost_isSignedWithItsMoment() {
        try (EventSinks sinks = sinks(PATIENT)) {
            sinks.tell(Samples.TRUNCATED);
        }

        Hook.Post post = hook.posts.getFirst();
        assertThat(post.signature()).matches("t=\\d+,v1=[0-9a-f]{64}");
        long seconds = Long.parseLong(post.signature().replaceAll("t=(\\d+),.*", "$1"));
        assertThat(System.currentTimeMillis() / 1_000 - seconds).isBetween(0L, 60L);
        assertThat(post.signature())
                .isEqualTo(
                        Signature.of(
                                SECRET, seconds, post.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aHookThatBreaks_isAskedAgainWithTheSameEvent() throws IOException {
        hook.answering(503, 429);
        try (EventSinks sinks = sinks(PATIENT)) {
            sinks.tell(Samples.TRUNCATED);
            until(() -> hook.posts.size() == 3);
        }

        assertThat(hook.posts).hasSize(3);
        assertThat(uid(hook.posts.get(0))).isEqualTo(uid(hook.posts.get(2)));
    }

    @Test
    void aHookThatSaysNothing_isGivenUpAfterItsTimeoutAndAskedAgain() {
        hook.silent = true;
        try (EventSinks sinks = sinks(QUICK)) {
            sinks.tell(Samples.TRUNCATED);
            until(() -> hook.posts.size() == 1);
            hook.silent = false;
            until(() -> hook.posts.size() == 2);
        }

        assertThat(hook.posts).hasSize(2);
    }

    @Test
    void anEventThatIsRefused_isNotPostedAgainAndItsLossIsTold() throws IOException {
        hook.answering(400);
        try (EventSinks sinks = sinks(PATIENT)) {
            sinks.tell(Samples.TRUNCATED);
            sinks.tell(Samples.REFUSED);
            until(() -> hook.posts.size() == 3);
        }

        assertThat(hook.posts).hasSize(3);
        JsonNode lost = JSON.readTree(hook.posts.getLast().body());
        assertThat(lost.get("metadata").get("event_code").asText()).isEqualTo("lost");
        assertThat(lost.get("unmapped").get("count").asLong()).isEqualTo(1);
        assertThat(lost.get("unmapped").get("why").asText()).isEqualTo("it answered 400");
    }

    @Test
    void moreEventsThanMayWait_areDroppedWithoutWaitingAndCounted() throws IOException {
        hook.silent = true;
        Delivery small = new Delivery(Span.ofSeconds(2), Span.ofSeconds(20), 3);
        LongAdder counted = new LongAdder();
        try (EventSinks sinks = sinks(small)) {
            sinks.counted(event -> counted.add(((Event.Lost) event).count()));
            sinks.tell(Samples.TRUNCATED);
            until(() -> hook.posts.size() == 1);

            for (int i = 0; i < 1_000; i++) {
                sinks.tell(Samples.REFUSED);
            }
            assertThat(hook.posts).as("all were told while the first is on its way").hasSize(1);
            assertThat(counted.sum()).as("counted while it takes nothing").isEqualTo(997);

            hook.silent = false;
            until(() -> hook.posts.stream().anyMatch(post -> post.body().contains("\"lost\"")));
        }

        Hook.Post lost =
                hook.posts.stream().filter(p -> p.body().contains("\"lost\"")).findFirst().get();
        assertThat(JSON.readTree(lost.body()).get("unmapped").get("count").asLong()).isEqualTo(997);
    }

    @Test
    void whatIsLeftAtTheEnd_isToldToTheFile() throws IOException {
        hook.silent = true;
        Path file = folder.resolve("events.jsonl");
        try (EventSinks sinks = sinks(PATIENT, file.toString())) {
            sinks.tell(Samples.TRUNCATED);
            sinks.tell(Samples.REFUSED);
            until(() -> hook.posts.size() == 1);
        }

        JsonNode last = JSON.readTree(Files.readAllLines(file).getLast());
        assertThat(last.at("/metadata/event_code").asText()).isEqualTo("lost");
        assertThat(last.at("/unmapped/count").asLong()).isEqualTo(2);
        assertThat(last.at("/unmapped/why").asText()).isEqualTo("the gateway ended");
    }

    @Test
    void anAddressNobodyListensAt_holdsNothingUp() {
        hook.close();
        long before = System.nanoTime();

        try (EventSinks sinks = sinks(QUICK)) {
            Samples.all().forEach(sinks::tell);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    private EventSinks sinks(Delivery delivery) {
        return sinks(delivery, null);
    }

    private EventSinks sinks(Delivery delivery, @Nullable String file) {
        Upstream upstream =
                new Upstream(BaseUrl.parse(hook.url()), null, null, HttpVersionChoice.AUTO);
        EventSettings settings =
                new EventSettings(false, file, new Webhook(upstream, SECRET, delivery));
        return EventSinks.open(settings, "1", OutputStream.nullOutputStream());
    }

    private static String uid(Hook.Post post) throws IOException {
        return JSON.readTree(post.body()).get("metadata").get("uid").asText();
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(condition.holds()).isTrue();
    }
}
