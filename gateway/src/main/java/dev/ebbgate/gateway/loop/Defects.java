package dev.ebbgate.gateway.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;

/// Tells the operator of what should not happen: one line, with where it happened. An exception's
/// text is not shown, for it may quote what was sent.
public final class Defects {

    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private static final int TRACE_LINES = 12;

    private Defects() {}

    public static void log(String exchange, RuntimeException defect) {
        LOG.error(
                "exchange {} ends on a defect: {} at {}",
                exchange,
                defect.getClass().getName(),
                Arrays.stream(defect.getStackTrace()).limit(TRACE_LINES).toList());
    }
}
