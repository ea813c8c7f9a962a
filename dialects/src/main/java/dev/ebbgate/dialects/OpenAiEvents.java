package dev.ebbgate.dialects;

import java.util.BitSet;

/// Chunks of chat completions and of legacy completions.
///
/// A chunk needs a `choices` array; one with nothing but usage, or with Azure's filter results
/// beside an empty array, is tolerated.
final class OpenAiEvents implements EventClassifier {

    private static final byte[] CHOICES = JsonText.bytes("choices");
    private static final byte[] USAGE = JsonText.bytes("usage");
    private static final byte[] ERROR = JsonText.bytes("error");
    private static final byte[] MODEL = JsonText.bytes("model");
    private static final byte[] OBJECT = JsonText.bytes("object");
    private static final byte[] PING = JsonText.bytes("ping");
    private static final byte[] DELTA = JsonText.bytes("delta");
    private static final byte[] MESSAGE = JsonText.bytes("message");
    private static final byte[] TEXT = JsonText.bytes("text");
    private static final byte[] INDEX = JsonText.bytes("index");
    private static final byte[] FINISH_REASON = JsonText.bytes("finish_reason");
    private static final byte[] ROLE = JsonText.bytes("role");
    private static final byte[] TOOL_CALLS = JsonText.bytes("tool_calls");
    private static final byte[] FUNCTION_CALL = JsonText.bytes("function_call");
    private static final byte[] TYPE = JsonText.bytes("type");
    private static final byte[] ID = JsonText.bytes("id");

    /// No provider gives more choices; a larger index is not counted.
    private static final int MAX_CHOICES = 1 << 16;

    private final JsonScanner json = new JsonScanner();
    private final Tally tally = new Tally();
    private String fault = NOT_JSON;
    private final BitSet finished = new BitSet(1);
    private final int choices;

    private boolean sawChoices;
    private boolean sawUsage;
    private boolean failed;
    private boolean substantive;
    private boolean finishes;

    OpenAiEvents(int choices) {
        this.choices = Math.max(1, choices);
    }

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
        return substantive && !finishes && !sawUsage && json.onlyOneStringFilled();
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
            return EventKind.DONE;
        }
        sawChoices = false;
        sawUsage = false;
        failed = false;
        substantive = false;
        finishes = false;
        json.over(event.data(), event.dataFrom(), event.dataTo());
        if (event.nameIs(PING)) {
            // The official clients would hand it to user code as a chunk.
            return EventKind.DROP;
        }
        if (!json.enterObject()) {
            return malformed(EventClassifier.notAnObject(json));
        }
        while (json.nextKey()) {
            member(event.data());
        }
        return json.ended() ? kind(event) : malformed(NOT_JSON);
    }

    private EventKind kind(EventFields event) {
        if (failed || event.nameIs(ERROR)) {
            return EventKind.ERROR;
        }
        if (!sawChoices && !sawUsage) {
            return malformed("an event has no choices");
        }
        if (finishes && finished.cardinality() >= choices) {
            return EventKind.FINISH;
        }
        // One of several choices that has ended is progress too.
        return substantive || finishes ? EventKind.DELTA : EventKind.PREAMBLE;
    }

    private void member(byte[] source) {
        if (json.textIs(CHOICES)) {
            readChoices();
        } else if (json.textIs(USAGE)) {
            sawUsage |= json.peek() == '{';
            tally.readUsage(json);
        } else if (json.textIs(ERROR)) {
            failed |= json.skipTruth();
        } else if (json.textIs(OBJECT)) {
            failed |= json.readString() && json.textIs(ERROR);
        } else if (json.textIs(MODEL) && !tally.modelKnown()) {
            tally.readModel(json, source);
        } else {
            json.skipValue();
        }
    }

    private void readChoices() {
        if (!json.enterArray()) {
            json.skipValue();
            return;
        }
        sawChoices = true;
        while (json.nextElement()) {
            readChoice();
        }
    }

    private void readChoice() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        long index = 0;
        boolean ends = false;
        while (json.nextKey()) {
            if (json.textIs(DELTA) || json.textIs(MESSAGE)) {
                readDelta();
            } else if (json.textIs(INDEX)) {
                index = json.readInteger();
            } else if (json.textIs(FINISH_REASON)) {
                // Some providers write "" where others write null.
                ends |= json.skipFilled();
            } else if (json.textIs(TEXT)) {
                substantive |= json.skipFilled();
            } else {
                json.skipValue();
            }
        }
        if (ends) {
            finishes = true;
            finished.set(Math.clamp(index, 0, MAX_CHOICES));
        }
    }

    private void readDelta() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            if (json.textIs(ROLE)) {
                json.skipValue();
            } else if (json.textIs(TOOL_CALLS)) {
                readToolCalls();
            } else if (json.textIs(FUNCTION_CALL)) {
                readNamed();
            } else {
                substantive |= json.skipFilled();
            }
        }
    }

    private void readToolCalls() {
        if (!json.enterArray()) {
            json.skipValue();
            return;
        }
        while (json.nextElement()) {
            readToolCall();
        }
    }

    /// A call says something once it has a name or arguments; its id and type alone do not.
    private void readToolCall() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            if (json.textIs(ID) || json.textIs(TYPE)) {
                json.skipValue();
            } else {
                readNamed();
            }
        }
    }

    private void readNamed() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            substantive |= json.skipFilled();
        }
    }
}
