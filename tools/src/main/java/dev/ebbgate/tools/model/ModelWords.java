package dev.ebbgate.tools.model;

import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.degrade.Degradable;
import dev.ebbgate.tools.pipeline.StageResult;
import dev.ebbgate.tools.pipeline.StageResults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells a model how its calls came out. The words follow from the facts: a tool that may still be
/// running is never said to have been stopped, and one that did not run is said so.
///
/// @param values writes results and partial results, as JSON for example
/// @param errors writes what a tool threw: by default its message, from which a model can learn
///   what to ask for instead; put something else where messages hold secrets
/// @param most how many characters an answer has; what is beyond is cut, and a mark says so
public record ModelWords(
        Function<Object, String> values, Function<Throwable, String> errors, int most) {

    public static final ModelWords DEFAULT =
            new ModelWords(String::valueOf, ModelWords::message, 20_000);

    /// Shorter, the mark and the sentence would find no place.
    private static final int LEAST = 500;

    public ModelWords {
        if (most < LEAST) {
            throw new IllegalArgumentException("at least " + LEAST + " characters: " + most);
        }
    }

    public ModelWords withValues(Function<Object, String> writer) {
        return new ModelWords(writer, errors, most);
    }

    public ModelWords withErrors(Function<Throwable, String> writer) {
        return new ModelWords(values, writer, most);
    }

    public ModelWords withMost(int characters) {
        return new ModelWords(values, errors, characters);
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }

    /// Waits for the outcome of a call and tells it, with what is known of its effects by then.
    public ModelResult of(ToolCall<?> call) throws InterruptedException {
        return of(call.id().callId(), call.await(), call);
    }

    /// Waits for these calls and tells them in their order: one answer for each call id.
    ///
    /// @param calls by the id that the model gave them, as `ToolRuntime.settle` answers them
    public List<ModelResult> of(Map<String, ToolCall<?>> calls) throws InterruptedException {
        List<ModelResult> results = new ArrayList<>(calls.size());
        for (var call : calls.entrySet()) {
            results.add(of(call.getKey(), call.getValue().await(), call.getValue()));
        }
        return results;
    }

    /// The answer to a call of a tool that does not exist.
    public ModelResult unknown(String callId, String tool) {
        return new ModelResult(callId, capped("There is no tool named " + tool + "."), true);
    }

    private ModelResult of(String callId, Outcome<?> outcome, ToolCall<?> call) {
        Effects effects = call.effects();
        if (outcome instanceof Outcome.Completed<?>(Object value, var _)) {
            return completed(callId, value, effects);
        }
        String text = Sentences.of(outcome, effects, this::error);
        return new ModelResult(callId, capped(text + partials(outcome.partials())), true);
    }

    private ModelResult completed(String callId, Object value, Effects effects) {
        boolean still = effects == Effects.UNKNOWN_STILL_RUNNING;
        try {
            return new ModelResult(callId, capped(value(value, still)), false);
        } catch (RuntimeException | StackOverflowError e) {
            return new ModelResult(
                    callId,
                    "The tool ran to its end, but what it returned cannot be written: "
                            + e.getClass().getSimpleName()
                            + ".",
                    true);
        }
    }

    /// What a tool threw, short enough for the facts to find a place behind it.
    private String error(Throwable error) {
        String text;
        try {
            text = String.valueOf(errors.apply(error));
        } catch (RuntimeException | StackOverflowError _) {
            text = error.getClass().getSimpleName();
        }
        return capped(text, most / 2);
    }

    /// @param still whether something that it began may still be running
    private String value(Object value, boolean still) {
        if (value instanceof Degradable<?>(Object inner, var why) && why != null) {
            return "The tool did not answer in time ("
                    + why.text()
                    + (still ? ") and may still be running." : ").")
                    + " This stands in for its answer:\n"
                    + written(inner);
        }
        String text = written(value instanceof Degradable<?>(Object inner, var _) ? inner : value);
        return still
                ? "Something that it began may still be running, and what that has done is not"
                        + " known.\n"
                        + text
                : text;
    }

    private String written(Object value) {
        String text = plain(value);
        return text.isEmpty() ? "The tool ran to its end and returned an empty text." : text;
    }

    /// Of a pipeline, what each of its stages has put out.
    private String plain(Object value) {
        if (value instanceof StageResults(List<StageResult> all)) {
            return all.stream().map(this::plain).collect(Collectors.joining("\n"));
        }
        if (!(value instanceof StageResult result)) {
            return Objects.requireNonNull(values.apply(value), "no text");
        }
        Outcome<?> outcome = result.outcome();
        if (outcome instanceof Outcome.Completed<?>(Object output, var _)) {
            return result.stage() + ": " + plain(output);
        }
        String why = outcome == null ? "left out" : outcome.decision().text();
        return result.stage() + " did not complete: " + why;
    }

    private String partials(List<Object> partials) {
        if (partials.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append("\nWhat it had handed out by then (").append(partials.size());
        text.append(partials.size() == 1 ? " part" : " parts").append(", not the whole):");
        partials.forEach(partial -> text.append('\n').append(part(partial)));
        return text.toString();
    }

    private String part(Object partial) {
        try {
            return plain(partial);
        } catch (RuntimeException | StackOverflowError e) {
            return "(a part that cannot be written: " + e.getClass().getSimpleName() + ")";
        }
    }

    private String capped(String text) {
        return capped(text, most);
    }

    private static String capped(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        String mark = "\n[cut here: the whole has " + text.length() + " characters]";
        int end = longest - mark.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + mark;
    }

    @Override
    public String toString() {
        return "words for a model, at most " + most + " characters";
    }
}
