package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

/// One pass over a request's body.
final class RequestScan {

    private static final byte[] MODEL = JsonText.bytes("model");
    private static final byte[] STREAM = JsonText.bytes("stream");
    private static final byte[] N = JsonText.bytes("n");
    private static final byte[] PROMPT = JsonText.bytes("prompt");
    private static final byte[] STREAM_OPTIONS = JsonText.bytes("stream_options");
    private static final byte[] INCLUDE_USAGE = JsonText.bytes("include_usage");

    /// Longer than any provider's names; they end up in messages and headers.
    private static final int MAX_MODEL = 512;

    private final byte[] body;
    private final JsonScanner json = new JsonScanner();
    private @Nullable String model;
    private int modelFrom;
    private int modelTo;
    private boolean modelSeen;
    private boolean streamSeen;
    private boolean stream;
    private int n = 1;
    private int prompts = 1;
    private boolean includeUsage;
    private @Nullable String problem;

    RequestScan(byte[] body) {
        this.body = body;
    }

    RequestHead.Reading read() {
        json.over(body, 0, body.length);
        if (json.peek() < 0 && json.position() == body.length) {
            return new RequestHead.Refused("the body is empty; send a JSON object");
        }
        if (!json.enterObject()) {
            json.skipValue();
            return json.ended()
                    ? new RequestHead.Refused("the body is not a JSON object")
                    : notJson();
        }
        while (json.nextKey()) {
            member();
        }
        return json.ended() ? judged() : notJson();
    }

    private RequestHead.Reading judged() {
        if (problem != null) {
            return new RequestHead.Refused(problem);
        }
        if (model == null) {
            return new RequestHead.Refused("model is missing; name the model to be asked");
        }
        return new RequestHead.Read(
                new RequestHead(model, modelFrom, modelTo, stream, n, prompts, includeUsage));
    }

    private RequestHead.Reading notJson() {
        return new RequestHead.Refused(
                json.tooDeep()
                        ? "the body is nested deeper than "
                                + JsonScanner.MAX_DEPTH
                                + " levels at byte "
                                + json.faultAt()
                        : "the body is not valid JSON at byte " + json.faultAt());
    }

    private void member() {
        if (json.textIs(MODEL)) {
            readModel();
        } else if (json.textIs(STREAM)) {
            readStream();
        } else if (json.textIs(N)) {
            // What is no number of choices is left to the provider to refuse.
            n = Math.clamp(json.readInteger(), 1, Integer.MAX_VALUE);
        } else if (json.textIs(STREAM_OPTIONS)) {
            readStreamOptions();
        } else if (json.textIs(PROMPT)) {
            readPrompts();
        } else {
            json.skipValue();
        }
    }

    private void readModel() {
        if (modelSeen) {
            complain("model is given twice");
        }
        modelSeen = true;
        modelFrom = json.position();
        if (!json.readString()) {
            complain("model must be a string");
            return;
        }
        modelTo = json.position();
        model = json.text();
        if (model.isBlank()) {
            complain("model is empty; name the model to be asked");
        } else if (model.length() > MAX_MODEL) {
            complain("model is longer than " + MAX_MODEL + " characters");
        } else if (holdsControls(model)) {
            complain("model holds control characters");
        }
    }

    private static boolean holdsControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void readStream() {
        if (streamSeen) {
            complain("stream is given twice");
        }
        streamSeen = true;
        int first = json.peek();
        if (first != 't' && first != 'f' && first != 'n') {
            complain("stream must be true or false");
        }
        stream = first == 't';
        json.skipValue();
    }

    private void readStreamOptions() {
        if (!json.enterObject()) {
            json.skipValue();
            return;
        }
        while (json.nextKey()) {
            if (json.textIs(INCLUDE_USAGE)) {
                includeUsage = json.peek() == 't';
            }
            json.skipValue();
        }
    }

    /// An array of strings or of token arrays holds as many prompts; an array of tokens is one.
    private void readPrompts() {
        if (!json.enterArray()) {
            json.skipValue();
            return;
        }
        int count = 0;
        while (json.nextElement()) {
            count += json.peek() == '"' || json.peek() == '[' ? 1 : 0;
            json.skipValue();
        }
        prompts = Math.max(1, count);
    }

    private void complain(String what) {
        if (problem == null) {
            problem = what;
        }
    }
}
