package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How late something was, several times over: printed, and held against a bound for the median and
/// a wider one, for the sake of busy machines, for the worst.
final class Latencies {

    private final String what;
    private final List<Long> nanos = new ArrayList<>();

    Latencies(String what) {
        this.what = what;
    }

    void add(long lateNanos) {
        nanos.add(lateNanos);
    }

    void check(double medianMillis, double worstMillis) {
        Collections.sort(nanos);
        double median = nanos.get(nanos.size() / 2) / 1e6;
        double worst = nanos.getLast() / 1e6;
        System.out.printf("%-32s median %6.1f ms, worst %6.1f ms%n", what, median, worst);
        assertThat(median).as("median of %s in ms", what).isLessThanOrEqualTo(medianMillis);
        assertThat(worst).as("worst of %s in ms", what).isLessThanOrEqualTo(worstMillis);
    }
}
