package dev.ebbgate.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// All rows of a run, written to a file as they come.
final class Results implements AutoCloseable {
    private record Row(String contestant, String measure, double value) {}

    private final List<Row> rows = new ArrayList<>();
    private final PrintWriter file;

    Results(Path file) throws IOException {
        this.file = new PrintWriter(Files.newBufferedWriter(file), true);
        this.file.println("round\tcontestant\tmeasure\tvalue");
    }

    /// Adds one measured value.
    void add(int round, String contestant, String measure, double value) {
        rows.add(new Row(contestant, measure, value));
        file.println(
                String.format(Locale.ROOT, "%d\t%s\t%s\t%.3f", round, contestant, measure, value));
        if (file.checkError()) {
            throw new UncheckedIOException(new IOException("rows cannot be written"));
        }
    }

    /// The median over the rounds, empty if nothing was measured.
    OptionalDouble median(String contestant, String measure) {
        double[] values =
                rows.stream()
                        .filter(row ->
                                row.contestant.equals(contestant) && row.measure.equals(measure))
                        .mapToDouble(Row::value)
                        .sorted()
                        .toArray();
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = values.length / 2;
        return OptionalDouble.of(
                values.length % 2 == 1
                        ? values[middle]
                        : (values[middle - 1] + values[middle]) / 2);
    }

    /// The median of one contestant divided by that of another; NaN where either is missing.
    double ratio(String contestant, String to, String measure) {
        return median(contestant, measure).orElse(Double.NaN)
                / median(to, measure).orElse(Double.NaN);
    }

    @Override
    public void close() {
        file.close();
    }
}
