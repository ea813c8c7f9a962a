package dev.ebbgate.dialects;

import java.util.Locale;

/// Events of Anthropic's messages. The `type` in the data decides; the event's name only where that
/// is missing. Types yet unknown are neutral, as Anthropic asks of its clients.
final class AnthropicEvents implements EventClassifier {

    private static final byte[] TYPE = JsonText.bytes("type");
    private static final byte[] DELTA = JsonText.bytes("delta");
    private static final byte[] CONTENT_BLOCK = JsonText.bytes("content_block");
    private static final byte[] MESSAGE = JsonText.bytes("message");
    private static final byte[] USAGE = JsonText.bytes("usage");
    private static final byte[] ERROR = JsonText.bytes("error");
    private static final byte[] MODEL = JsonText.bytes("model");
    private static final byte[] STOP_REASON = JsonText.bytes("stop_reason");

    private enum Type {
        CONTENT_BLOCK_DELTA,
        CONTENT_BLOCK_START,
        CONTENT_BLOCK_STOP,
        PING,
        MESSAGE_START,
        MESSAGE_DELTA,
        MESSAGE_STOP,
        ERROR,
        UNKNOWN;

        private static final Type[] ALL = values();

        private final byte[] key = JsonText.bytes(name().toLowerCase(Locale.ROOT));
    }

    private final JsonScanner json = new JsonScanner();
    private final Tally tally = new Tally();
    private String fault = NOT_JSON;

    private boolean typed;
    private Type type = Type.UNKNOWN;
    private boolean failed;
    private boolean substantive;
    private boolean stops;

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public void forget() {
        json.forget();
    }

    private EventKind malformed(String what) {
        fault = what;
        return EventKind.MALFORMED;
    }

    @Override
    public boolean speaksOneString() {
        return substantive && !stops && json.onlyOneStringFilled();
    }

    @Override
    public int spokenFrom() {
        return json.fillFrom();
    }

    @Override
    public int spokenTo() {
        return json.fillTo();
    }

    @Override
    public EventKind classify(EventFields event) {
        if (event.saysDone()) {
            // Some compatible servers add OpenAI's end to message_stop.
            return EventKind.DROP;
        }
        typed = false;
        failed = event.nameIs(ERROR);
        substantive = false;
        stops = false;
        json.over(event.data(), event.dataFrom(), event.dataTo());
        if (!json.enterObject()) {
            return malformed(EventClassifier.notAnObject(json));
        }
        while (json.nextKey()) {
            member(event.data());
        }
        if (!json.ended()) {
            return malformed(NOT_JSON);
        }
        if (!typed) {
            nameDecides(event);
        }
        return kind();
    }

    private EventKind kind() {
        if (failed) {
            return EventKind.ERROR;
        }
        if (!typed) {
            return malformed("an event has no type");
        }
        return switch (type) {
            case CONTENT_BLOCK_DELTA, CONTENT_BLOCK_START ->
                    substantive ? EventKind.DELTA : EventKind.PREAMBLE;
            case MESSAGE_DELTA -> stops ? EventKind.FINISH : EventKind.PREAMBLE;
            case PING -> EventKind.COMMENT;
            case MESSAGE_STOP -> EventKind.DONE;
            case ERROR -> EventKind.ERROR;
            case MESSAGE_START, CONTENT_BLOCK_STOP, UNKNOWN -> EventKind.PREAMBLE;
        };
    }

    private void member(byte[] source) {
        if (json.textIs(TYPE)) {
            readType();
        } else if (json.textIs(DELTA) || json.textIs(CONTENT_BLOCK)) {
            readContent();
        } else if (json.textIs(USAGE)) {
            tally.readUsage(json);
        } else if (json.textIs(MESSAGE)) {
            readMessage(source);
        } else if (json.textIs(ERROR)) {
            failed |= json.skipTruth();
        } else {
            json.skipValue();
        }
    }

    private void readType() {
        if (!json.readString()) {
            return;
        }
        typed = true;
        type = Type.UNKNOWN;
        for (Type candidate : Type.ALL) {
            if (json.textIs(candidate.key)) {
                type = candidate;
                return;
            }
        }
    }

    private void nameDecides(EventFields event) {
        for (Type candidate : Type.ALL) {
            if (candidate != Type.UNKNOWN && event.nameIs(candidate.key)) {
                type = candidate;
                typed = true;
                return;
            }
        }
    }

    private void readContent() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            if (json.textIs(TYPE)) {
                json.skipValue();
            } else if (json.textIs(STOP_REASON)) {
                stops |= json.skipFilled();
            } else {
                substantive |= json.skipFilled();
            }
        }
    }

    private void readMessage(byte[] source) {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            if (json.textIs(USAGE)) {
                tally.readUsage(json);
            } else if (json.textIs(MODEL)) {
                tally.readModel(json, source);
            } else {
                json.skipValue();
            }
        }
    }
}
