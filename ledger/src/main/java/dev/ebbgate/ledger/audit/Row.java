package dev.ebbgate.ledger.audit;

import dev.ebbgate.ledger.pace.Cell;
import dev.ebbgate.ledger.pace.Measured;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.stream.Stream;

/// One line of an audit.
///
/// @param cell what was counted in the window
/// @param before the same in the window before; null where nothing was
public record Row(String name, Cell cell, @Nullable Cell before, Question question) {

    /// The share of the way to the cliff at which a tail comes near.
    public static final double NEAR = 0.7;

    public long hangs() {
        return cell.atLeast(question.hangMillis());
    }

    public Measured percentile(double percent) {
        return cell.total().percentile(percent);
    }

    public Measured max() {
        return cell.total().max();
    }

    /// The time to a first token; nothing where there was none to wait for.
    public Optional<Measured> firstToken(double percent) {
        return cell.firstToken().count() == 0
                ? Optional.empty()
                : Optional.of(cell.firstToken().percentile(percent));
    }

    /// What lies between the longest and the cliff; negative where it lies behind.
    public long cliffDistanceMillis() {
        return question.cliffMillis() - max().millis();
    }

    /// Whether any number of this row may be larger in truth.
    public boolean isAtLeast() {
        return Stream.concat(
                        Stream.of(percentile(50), percentile(90), percentile(99), max()),
                        Stream.of(firstToken(50), firstToken(99)).flatMap(Optional::stream))
                .anyMatch(Measured::isAtLeast);
    }

    /// How much longer p99 is than in the window before, as a share of that; nothing where nothing
    /// was before.
    public Optional<Double> trend() {
        if (before == null) {
            return Optional.empty();
        }
        long then = before.total().percentile(99).millis();
        return then == 0
                ? Optional.empty()
                : Optional.of((percentile(99).millis() - then) / (double) then);
    }

    /// How far the longest has come on the way to the cliff, as a share.
    public double share() {
        return max().millis() / (double) question.cliffMillis();
    }

    public boolean isNear() {
        return share() >= NEAR;
    }
}
