package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.RunCommand;
import dev.ebbgate.core.tool.RunEvent;
import dev.ebbgate.core.tool.RunEvent.Ended;
import dev.ebbgate.core.tool.RunEvent.Ending;
import dev.ebbgate.core.tool.RunPolicy;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.core.tool.ToolRun;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// The one place where a race is decided, raced by two threads.
@Timeout(120)
class MailboxTest {

    private static final int RUNS = 1_000_000;
    private static final int AT_ONCE = 20_000;
    private static final RunPolicy POLICY =
            new RunPolicy(
                    ToolLimits.DEFAULT, "t", "t", CancelMode.INTERRUPT, RetryPolicy.NONE, 1, false);

    private static final class Race implements Mailbox.Reader<RunEvent> {
        private final ToolRun run = new ToolRun(POLICY, () -> 0, 0);
        private final Mailbox<RunEvent> mailbox = new Mailbox<>(this);
        private int settled;
        private int readers;

        private Race() {
            mailbox.post(RunEvent.Plain.TURN, 0);
        }

        private void post(RunEvent event) {
            mailbox.post(event, ToolLimits.DEFAULT.total().nanos());
        }

        @Override
        public void read(RunEvent event, long atNanos) {
            readers++;
            for (RunCommand command : run.on(event, atNanos)) {
                settled += command instanceof RunCommand.Settle ? 1 : 0;
            }
            readers--;
        }

        @Override
        public void failed(Throwable why) {
            throw new AssertionError(why);
        }

        @Override
        public void pause() {}

        private boolean isRight() {
            return settled == 1
                    && readers == 0
                    && run.chain().size() <= 2
                    && (run.decision() instanceof Decision.Completed
                            || run.decision() instanceof Decision.TimedOut);
        }
    }

    @Test
    @DisplayName("S12: a timeout races completion at the same instant a million times: one outcome")
    void bodyEndsAsTheLimitFires_oneOutcome() throws Exception {
        int completed = 0;
        for (int done = 0; done < RUNS; done += AT_ONCE) {
            List<Race> races = Stream.generate(Race::new).limit(AT_ONCE).toList();
            CountDownLatch start = new CountDownLatch(2);
            Thread body = poster(races, start, new Ended(1, Ending.RETURNED));
            Thread timer = poster(races, start, RunEvent.Plain.WOKEN);

            body.join();
            timer.join();

            assertThat(races).allMatch(Race::isRight);
            completed +=
                    (int)
                            races.stream()
                                    .filter(race ->
                                            race.run.decision() instanceof Decision.Completed)
                                    .count();
        }

        assertThat(completed).isBetween(1, RUNS - 1); // either of them came first now and then
    }

    private static void awaitAll(CountDownLatch start) {
        while (start.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static Thread poster(List<Race> races, CountDownLatch start, RunEvent event) {
        return Thread.ofPlatform()
                .start(() -> {
                    start.countDown();
                    awaitAll(start);
                    races.forEach(race -> race.post(event));
                });
    }
}
