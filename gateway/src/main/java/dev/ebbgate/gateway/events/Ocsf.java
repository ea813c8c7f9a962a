package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Act;
import dev.ebbgate.core.event.Event.Administered;
import dev.ebbgate.core.event.Event.Breaker;
import dev.ebbgate.core.event.Event.BreakerMoved;
import dev.ebbgate.core.event.Event.CliffNear;
import dev.ebbgate.core.event.Event.CliffQuiet;
import dev.ebbgate.core.event.Event.Configured;
import dev.ebbgate.core.event.Event.FailedOver;
import dev.ebbgate.core.event.Event.How;
import dev.ebbgate.core.event.Event.KeyRests;
import dev.ebbgate.core.event.Event.LimitFired;
import dev.ebbgate.core.event.Event.Lost;
import dev.ebbgate.core.event.Event.Sign;
import dev.ebbgate.core.event.Event.Slower;

/// Where an event stands in the Open Cybersecurity Schema Framework, version 1.8.0: what it is
/// about (class), what happened (activity), and how grave it is.
///
/// What happens to streams is network activity, as firewalls report it; what happens to a
/// provider's API, and what operators do by ours, is API activity; another configuration is a
/// change of a device's state.
///
/// @param activity the number within the class
/// @param name the activity's caption, or ours where the class has none for it
/// @param succeeded whether what was attempted was done
record Ocsf(Category category, int activity, String name, Severity severity, boolean succeeded) {

    static final String VERSION = "1.8.0";

    /// The classes that are used.
    enum Category {
        NETWORK_ACTIVITY(4001, "Network Activity", "Network Activity"),
        DEVICE_CONFIG_STATE_CHANGE(5019, "Device Config State Change", "Discovery"),
        API_ACTIVITY(6003, "API Activity", "Application Activity"),
        APPLICATION_ERROR(6008, "Application Error", "Application Activity");

        final int classUid;
        final String className;
        final String categoryName;

        Category(int classUid, String className, String categoryName) {
            this.classUid = classUid;
            this.className = className;
            this.categoryName = categoryName;
        }

        int categoryUid() {
            return classUid / 1_000;
        }
    }

    enum Severity {
        INFORMATIONAL(1, "Informational"),
        LOW(2, "Low"),
        MEDIUM(3, "Medium"),
        HIGH(4, "High");

        final int id;
        final String caption;

        Severity(int id, String caption) {
            this.id = id;
            this.caption = caption;
        }
    }

    private static final int RESET = 3;
    private static final int FAIL = 4;
    private static final int TRAFFIC = 6;
    private static final int CREATE = 1;
    private static final int READ = 2;
    private static final int UPDATE = 3;
    private static final int DELETE = 4;
    private static final int LOG = 1;
    private static final int GENERAL_ERROR = 1;

    int typeUid() {
        return category.classUid * 100 + activity;
    }

    static Ocsf of(Event event) {
        return switch (event) {
            case LimitFired fired when fired.truncated() ->
                    network(RESET, "Reset", Severity.MEDIUM, false);
            case LimitFired _ -> network(FAIL, "Fail", Severity.LOW, false);
            case FailedOver _ -> network(FAIL, "Fail", Severity.LOW, false);
            case Slower _ -> network(TRAFFIC, "Traffic", Severity.LOW, true);
            case CliffNear near ->
                    network(
                            TRAFFIC,
                            "Traffic",
                            near.why() == Sign.P99 ? Severity.HIGH : Severity.MEDIUM,
                            true);
            case CliffQuiet _ -> network(TRAFFIC, "Traffic", Severity.INFORMATIONAL, true);
            case BreakerMoved moved ->
                    provider(
                            moved.to() == Breaker.OPEN ? Severity.MEDIUM : Severity.INFORMATIONAL,
                            moved.to() == Breaker.CLOSED);
            case KeyRests rests ->
                    provider(rests.refused() ? Severity.MEDIUM : Severity.LOW, false);
            case Configured configured -> configured(configured.how());
            case Administered act -> administered(act);
            case Lost _ ->
                    new Ocsf(
                            Category.APPLICATION_ERROR,
                            GENERAL_ERROR,
                            "General Error",
                            Severity.HIGH,
                            false);
        };
    }

    private static Ocsf network(int activity, String name, Severity severity, boolean succeeded) {
        return new Ocsf(Category.NETWORK_ACTIVITY, activity, name, severity, succeeded);
    }

    private static Ocsf provider(Severity severity, boolean succeeded) {
        return new Ocsf(Category.API_ACTIVITY, UPDATE, "Update", severity, succeeded);
    }

    private static Ocsf configured(How how) {
        boolean taken = how != How.REFUSED;
        return new Ocsf(
                Category.DEVICE_CONFIG_STATE_CHANGE,
                LOG,
                "Log",
                taken ? Severity.INFORMATIONAL : Severity.HIGH,
                taken);
    }

    private static Ocsf administered(Administered administered) {
        boolean done = administered.refusal() == null;
        Act act = administered.act();
        Severity severity = done ? Severity.INFORMATIONAL : Severity.LOW;
        return switch (act) {
            case CREATE -> new Ocsf(Category.API_ACTIVITY, CREATE, "Create", severity, done);
            case READ -> new Ocsf(Category.API_ACTIVITY, READ, "Read", severity, done);
            case UPDATE -> new Ocsf(Category.API_ACTIVITY, UPDATE, "Update", severity, done);
            case DELETE -> new Ocsf(Category.API_ACTIVITY, DELETE, "Delete", severity, done);
        };
    }
}
