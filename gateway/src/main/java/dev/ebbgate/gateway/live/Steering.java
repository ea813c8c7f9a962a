package dev.ebbgate.gateway.live;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.core.overlay.OverlayStore.Unavailable;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.config.ConfigSource;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.config.Layering;
import dev.ebbgate.gateway.config.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Brings what the file and the operators say into force, one change after the other. A change that
/// is not good changes nothing. Thread-safe; its methods may block.
public final class Steering implements AutoCloseable {

    private static final long APPLY_SECONDS = 10;
    private static final int TRIES = 20;

    /// Between two tries; each may take so much longer than the one before.
    private static final long PAUSE_MILLIS = 20;

    private static final String ELSEWHERE = "another gateway";

    private final Gateway gateway;
    private final ConfigSource source;
    private final OverlayStore store;
    private final Events events;
    private volatile Layered now;
    private @Nullable Watch watch;
    private List<String> untaken = List.of();

    /// @param now what the gateway was started with
    /// @param events is told of every change, and of every one that was refused
    public Steering(
            Gateway gateway, ConfigSource source, OverlayStore store, Layered now, Events events) {
        this.events = events;
        this.gateway = gateway;
        this.source = source;
        this.store = store;
        this.now = now;
    }

    /// What becomes of a change.
    public sealed interface Outcome {}

    /// It is in force for requests that come from now on.
    ///
    /// @param remarks what the operator should know, one line each
    public record InForce(Layered layered, List<String> remarks) implements Outcome {}

    /// It cannot be done; what was in force stays so.
    public record Refused(List<String> problems) implements Outcome {}

    /// Somebody else has changed the same in the meantime.
    public record Lost() implements Outcome {}

    /// It cannot be kept now.
    public record Unkept(String why) implements Outcome {}

    /// What an operator wants changed.
    @FunctionalInterface
    public interface Change {

        /// The overlay as it is to be; null where what was to be changed is not what it was taken
        /// for.
        @Nullable Overlay on(Layered now);
    }

    /// What is in force.
    public Layered now() {
        return now;
    }

    /// Where the overlay is kept.
    public String place() {
        return store.place();
    }

    /// Begins to follow the file, and what others keep in the overlay.
    public synchronized void watch() {
        watch = Watch.start(this);
    }

    /// Follows nothing any more.
    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
        store.close();
    }

    /// Reads file and overlay again.
    ///
    /// @param by who or what asks for it: `file`, `SIGHUP`, `admin`
    public synchronized Outcome reload(String by) {
        Overlay overlay = now.overlay();
        List<String> remarks = new ArrayList<>();
        try {
            overlay = store.read();
        } catch (Unavailable e) {
            remarks.add("overlay: " + e.getMessage() + "; the one in force stays so");
        }
        Outcome outcome = bring(source.load(overlay), remarks);
        switch (outcome) {
            case InForce(_, List<String> lines) ->
                    events.tell(new Event.Configured(Event.How.RELOADED, by, lines));
            case Refused(List<String> problems) ->
                    events.tell(new Event.Configured(Event.How.REFUSED, by, problems));
            case Lost _, Unkept _ -> {}
        }
        return outcome;
    }

    /// Reads the file again, unless somebody has done so since it was written to.
    synchronized void followFile() {
        if (!source.isAsRead()) {
            var _ = reload("file");
        }
    }

    /// Changes the overlay. Where others change it at the same time, tries again after a while that
    /// differs from theirs.
    public Outcome change(Change change) {
        try {
            for (int i = 1; i <= TRIES; i++) {
                Outcome outcome = tryOnce(change);
                if (outcome != null) {
                    return outcome;
                }
                Thread.sleep(ThreadLocalRandom.current().nextLong(i * PAUSE_MILLIS));
            }
            return new Unkept(
                    "others kept changing the overlay, "
                            + TRIES
                            + " times in a row; nothing was changed, ask again");
        } catch (InterruptedException _) {
            return interrupted();
        }
    }

    /// What changes nothing is in force already, and neither kept nor told. Null where another
    /// gateway was faster.
    private synchronized @Nullable Outcome tryOnce(Change change) {
        try {
            follow();
            Overlay wanted = change.on(now);
            if (wanted == null) {
                return new Lost();
            }
            return switch (source.load(now, now.overlay().succeededBy(wanted))) {
                case Layering.Bad(List<Problem> problems) -> refused(problems);
                case Layering.Together(Layered layered) -> keep(layered, wanted);
            };
        } catch (Unavailable e) {
            return new Unkept(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Outcome keep(Layered layered, Overlay wanted) throws Unavailable {
        List<String> unfit = unfit(layered, wanted);
        if (!unfit.isEmpty()) {
            return new Refused(unfit);
        }
        Overlay next = layered.overlay();
        if (next.equals(now.overlay())) {
            return new InForce(now, remarks(now));
        }
        if (!store.replace(next)) {
            return null;
        }
        List<String> changes = Changes.between(now.overlay(), next);
        events.tell(new Event.Configured(Event.How.CHANGED, "admin", changes));
        return bring(new Layering.Together(layered), List.of());
    }

    /// Why what the change says cannot hold; what it leaves as it was may be set aside already.
    private List<String> unfit(Layered layered, Overlay wanted) {
        List<OverlayEntry> before = now.overlay().entries();
        Set<OverlayKey> said =
                wanted.entries().stream()
                        .filter(entry -> !before.contains(entry))
                        .map(OverlayEntry::key)
                        .collect(Collectors.toSet());
        return layered.aside().stream()
                .filter(aside -> said.contains(aside.entry().key()))
                .map(Layered.Aside::problem)
                .toList();
    }

    /// Takes over what another gateway, or another process, has kept.
    synchronized void follow() throws Unavailable {
        Overlay kept = store.read();
        if (kept.revision() != now.overlay().revision()) {
            List<String> changes = Changes.between(now.overlay(), kept);
            switch (bring(source.load(now, kept), List.of())) {
                case InForce _ -> {
                    untaken = List.of();
                    if (!changes.isEmpty()) {
                        events.tell(new Event.Configured(Event.How.CHANGED, ELSEWHERE, changes));
                    }
                }
                case Refused(List<String> problems) -> sayUntaken(problems);
                case Unkept(String why) -> sayUntaken(List.of(why));
                case Lost _ -> {}
            }
        }
    }

    /// What is kept elsewhere is looked at every two seconds, and may be refused each time.
    private void sayUntaken(List<String> problems) {
        if (!problems.equals(untaken)) {
            untaken = problems;
            events.tell(new Event.Configured(Event.How.REFUSED, ELSEWHERE, problems));
        }
    }

    private Outcome bring(Layering.Result result, List<String> before) {
        return switch (result) {
            case Layering.Bad(List<Problem> problems) -> refused(problems);
            case Layering.Together(Layered layered) -> {
                List<String> remarks = new ArrayList<>(before);
                remarks.addAll(remarks(layered));
                yield apply(layered, remarks);
            }
        };
    }

    private List<String> remarks(Layered layered) {
        List<String> remarks = new ArrayList<>();
        layered.warnings().forEach(warning -> remarks.add("warning: " + warning));
        remarks.addAll(gateway.restarts(layered.config()));
        layered.hidden().forEach(hidden -> remarks.add(hidden.toString()));
        layered.aside().forEach(aside -> remarks.add(aside.toString()));
        return remarks;
    }

    private Outcome apply(Layered layered, List<String> remarks) {
        try {
            gateway.apply(layered.config())
                    .toCompletableFuture()
                    .get(APPLY_SECONDS, TimeUnit.SECONDS);
            now = layered;
            return new InForce(layered, remarks);
        } catch (IllegalArgumentException e) {
            return new Refused(List.of("it cannot hold before a restart: " + e.getMessage()));
        } catch (InterruptedException _) {
            return interrupted();
        } catch (ExecutionException | TimeoutException e) {
            return new Unkept("the event loops did not take it: " + e.getMessage());
        }
    }

    private static Unkept interrupted() {
        Thread.currentThread().interrupt();
        return new Unkept("interrupted");
    }

    private static Refused refused(List<Problem> problems) {
        return new Refused(problems.stream().map(Problem::toString).toList());
    }

    /// What changes when the file is written to.
    String fingerprint() {
        return source.fingerprint();
    }
}
