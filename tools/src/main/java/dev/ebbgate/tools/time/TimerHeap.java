package dev.ebbgate.tools.time;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// A heap of timers that know their own places, four children to a parent: taking one out of the
/// middle needs no search.
final class TimerHeap {

    private static final int CHILDREN = 4;
    private static final int SMALLEST = 64;

    private @Nullable Timer[] timers = new @Nullable Timer[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    @Nullable Timer first() {
        return timers[0];
    }

    /// Puts it in, or moves it to its new moment.
    void put(Timer timer, long atNanos) {
        timer.atNanos = atNanos;
        if (timer.place == Timer.OUT) {
            if (size == timers.length) {
                timers = Arrays.copyOf(timers, size * 2);
            }
            set(size++, timer);
        }
        up(timer);
        down(timer);
    }

    /// Takes it out, if it is in.
    void remove(Timer timer) {
        int place = timer.place;
        if (place == Timer.OUT) {
            return;
        }
        timer.place = Timer.OUT;
        Timer last = timers[--size];
        timers[size] = null;
        if (last != null && place != size) {
            set(place, last);
            up(last);
            down(last);
        }
        if (timers.length > SMALLEST && size < timers.length / CHILDREN) {
            timers = Arrays.copyOf(timers, timers.length / 2);
        }
    }

    private void up(Timer timer) {
        while (timer.place > 0) {
            Timer parent = at((timer.place - 1) / CHILDREN);
            if (timer.atNanos - parent.atNanos >= 0) {
                return;
            }
            swap(timer, parent);
        }
    }

    private void down(Timer timer) {
        Timer child = least(timer.place);
        while (child != null && child.atNanos - timer.atNanos < 0) {
            swap(timer, child);
            child = least(timer.place);
        }
    }

    private @Nullable Timer least(int parent) {
        int first = parent * CHILDREN + 1;
        Timer least = null;
        for (int i = first; i < Math.min(first + CHILDREN, size); i++) {
            Timer child = at(i);
            if (least == null || child.atNanos - least.atNanos < 0) {
                least = child;
            }
        }
        return least;
    }

    private void swap(Timer a, Timer b) {
        int place = a.place;
        set(b.place, a);
        set(place, b);
    }

    private void set(int place, Timer timer) {
        timers[place] = timer;
        timer.place = place;
    }

    private Timer at(int place) {
        Timer timer = timers[place];
        if (timer == null) {
            throw new IllegalStateException("a hole in the heap at " + place);
        }
        return timer;
    }
}
