package dev.ebbgate.core.health;

/// The permit of one attempt: its accounts with breaker, key and places. Confined to the thread of
/// its exchange.
final class Grant implements Permit {

    private final TargetHealth target;
    private final Leave leave;
    private final int key;
    private final long begunNanos;
    private boolean heard;
    private boolean released;

    Grant(TargetHealth target, Leave leave, long nowNanos) {
        this.target = target;
        this.leave = leave;
        this.key = target.provider.keys().next(nowNanos);
        this.begunNanos = nowNanos;
        target.begun();
    }

    Leave leave() {
        return leave;
    }

    @Override
    public int key() {
        return key;
    }

    @Override
    public void report(Sign sign, long nowNanos) {
        if (released) {
            return;
        }
        boolean first = !heard;
        heard = true;
        switch (sign) {
            case Sign.Plain.FAILED -> leave.failed(nowNanos);
            case Sign.Plain.SUCCEEDED -> succeeded(first);
            case Sign.Plain.NEITHER -> leave.close();
            case Sign.KeyRefused _ -> refused(first, nowNanos);
            case Sign.KeyLimited(long untilNanos) -> limited(first, untilNanos, nowNanos);
        }
    }

    private void succeeded(boolean first) {
        if (first) {
            leave.succeeded();
            target.wake(begunNanos);
            target.provider.keys().accepted(key, begunNanos);
        }
    }

    private void refused(boolean first, long nowNanos) {
        KeyRing keys = target.provider.keys();
        if (!first) {
            return;
        }
        if (keys.isEmpty() || keys.refused(key, nowNanos)) {
            leave.close();
        } else {
            leave.failed(nowNanos);
        }
    }

    private void limited(boolean first, long untilNanos, long nowNanos) {
        if (!first) {
            return;
        }
        KeyRing keys = target.provider.keys();
        if (!keys.isEmpty() && !keys.limited(key, untilNanos, nowNanos)) {
            target.rest(nowNanos, untilNanos);
        }
        leave.close();
    }

    @Override
    public boolean hasOtherKey(long nowNanos) {
        return target.provider.keys().hasOther(key, nowNanos);
    }

    @Override
    public void release(long nowNanos) {
        if (released) {
            return;
        }
        released = true;
        leave.close();
        target.over();
        Places places = target.provider.places();
        if (places != null) {
            places.leave();
        }
    }
}
