package dev.ebbgate.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;

import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/// Listens to everything the process says, for as long as it lives: standard error, and both
/// loggers at every level. Every key and every prompt of these tests carries a mark, so that one
/// search finds any of them.
public final class Leaks {

    /// Part of every key.
    public static final String SECRET = "zqsecret";

    /// Part of every prompt.
    public static final String PROMPT = "zqprompt";

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static final Leaks WATCH = new Leaks();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Leaks() {
        PrintStream own = new PrintStream(said, true, StandardCharsets.UTF_8);
        PrintStream err = System.err;
        System.setErr(
                new PrintStream(err, true, StandardCharsets.UTF_8) {
                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        own.write(bytes, from, length);
                        super.write(bytes, from, length);
                    }
                });
        LoggerContext context = context();
        Appending appender = new Appending(own);
        appender.setContext(context);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        LogManager.getLogManager().getLogger("").addHandler(new Handling(own));
    }

    /// While another thread makes the loggers ready, SLF4J hands out a makeshift.
    private static LoggerContext context() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
                return context;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the loggers are not ready");
    }

    private static final class Appending extends AppenderBase<ILoggingEvent> {
        private final PrintStream out;

        Appending(PrintStream out) {
            this.out = out;
        }

        @Override
        protected void append(ILoggingEvent event) {
            out.println(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                out.println(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    private static final class Handling extends Handler {
        private final PrintStream out;

        Handling(PrintStream out) {
            this.out = out;
        }

        @Override
        public void publish(LogRecord record) {
            out.println(record.getMessage());
            if (record.getThrown() != null) {
                out.println(record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    static void begin() {
        assertThat(WATCH).isNotNull();
    }

    /// Fails if a key or a prompt was said, from the first gateway on.
    static void checkLogs() {
        check("the log", WATCH.said.toString(StandardCharsets.UTF_8));
    }

    /// Fails if there is a key or a prompt in this text.
    static void check(String what, String text) {
        assertThat(text).as(what).doesNotContain(SECRET, PROMPT);
    }
}
