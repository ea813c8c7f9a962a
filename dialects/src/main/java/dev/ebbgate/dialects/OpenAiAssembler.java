package dev.ebbgate.dialects;

import dev.ebbgate.dialects.Grown.Members;
import dev.ebbgate.dialects.Grown.Text;
import dev.ebbgate.dialects.Grown.Whole;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One chat completion, or one legacy completion, of its chunks.
///
/// Of a chunk's own members the last that says something wins (Azure's first chunk has an empty id
/// and model; usage comes last). So it is with a choice's, except `delta`, `text`, `logprobs` and
/// `token_ids`, which grow by the rules of [Growth].
final class OpenAiAssembler implements Assembler {

    private static final String CHOICES = "choices";
    private static final String OBJECT = "object";
    private static final Set<String> OF_THE_STREAM = Set.of(OBJECT, "obfuscation", "error");
    private static final Set<String> GROWING = Set.of("text", "logprobs", "token_ids");
    private static final byte[] INDEX = JsonText.bytes("index");

    private final boolean chat;
    private final Growth growth;
    private final EventFields fields = new EventFields();
    private final Members top = new Members();
    private final Map<Long, Members> choices = new TreeMap<>();

    OpenAiAssembler(boolean chat, long maxBytes) {
        this.chat = chat;
        this.growth = new Growth(maxBytes);
        top.put("id", whole("\"\""));
        top.put(OBJECT, whole(chat ? "\"chat.completion\"" : "\"text_completion\""));
    }

    @Override
    public Result event(EventKind kind, byte[] bytes, int from, int to) {
        if (Assembler.hasContent(kind)) {
            fields.parse(bytes, from, to);
            chunk(fields.dataSlice());
        }
        return growth.full() ? Result.FULL : Result.TAKEN;
    }

    @Override
    public long heldBytes() {
        return growth.held();
    }

    @Override
    public byte[] answer() {
        Grown.Elements all = new Grown.Elements();
        for (Members choice : choices.values()) {
            if (chat) {
                complete(choice);
            }
            choice.putIfAbsent("finish_reason", whole("null"));
            all.add(choice);
        }
        top.put(CHOICES, all);
        Bytes out = new Bytes();
        top.write(out);
        return out.copy();
    }

    private static void complete(Members choice) {
        choice.putIfAbsent("message", new Members());
        if (choice.get("message") instanceof Members message) {
            message.putIfAbsent("role", whole("\"assistant\""));
            message.putIfAbsent("content", whole("null"));
            if (message.get("content") instanceof Text text
                    && text.body().length() == 0
                    && message.get("tool_calls") != null) {
                // A whole answer that only calls tools has no text, not an empty one.
                message.put("content", whole("null"));
            }
        }
    }

    private void chunk(Slice data) {
        JsonScanner json = new JsonScanner().over(data.bytes(), data.from(), data.to());
        json.enterObject();
        while (json.nextKey()) {
            String name = json.text();
            Slice value = Slice.next(json, data.bytes());
            if (name.equals(CHOICES)) {
                top.putIfAbsent(CHOICES, whole("[]"));
                choices(value);
            } else if (!OF_THE_STREAM.contains(name)) {
                growth.latest(top, name, value);
            }
        }
    }

    private void choices(Slice array) {
        JsonScanner json = new JsonScanner().over(array.bytes(), array.from(), array.to());
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            Slice choice = Slice.next(json, array.bytes());
            if (choice.first() == '{') {
                choice(choice);
            }
        }
    }

    private void choice(Slice choice) {
        Members into = choices.computeIfAbsent(index(choice), this::begin);
        JsonScanner json = new JsonScanner().over(choice.bytes(), choice.from(), choice.to());
        json.enterObject();
        while (json.nextKey()) {
            String name = json.text();
            Slice value = Slice.next(json, choice.bytes());
            if (name.equals("delta") || name.equals("message")) {
                delta(into, value);
            } else if (GROWING.contains(name)) {
                growth.grow(into, name, value);
            } else if (!name.equals("index")) {
                growth.latest(into, name, value);
            }
        }
    }

    private void delta(Members choice, Slice delta) {
        if (delta.first() == '{' && !growth.full()) {
            growth.grow(choice, "message", delta);
        }
    }

    private static long index(Slice choice) {
        JsonScanner json = new JsonScanner().over(choice.bytes(), choice.from(), choice.to());
        long index = 0;
        json.enterObject();
        while (json.nextKey()) {
            if (json.textIs(INDEX)) {
                index = Math.max(0, json.readInteger());
            } else {
                json.skipValue();
            }
        }
        return index;
    }

    private Members begin(long index) {
        Members choice = growth.begin();
        choice.put("index", whole(Long.toString(index)));
        return choice;
    }

    private static Whole whole(String json) {
        return new Whole(Slice.of(JsonText.bytes(json)));
    }
}
